import { expect, test } from "vitest";
import { checkPolicy, modelAdvice } from "./check.ts";
import { explain } from "./explain.ts";
import { type GateEntry, policy as schema } from "./schema.ts";

const policyOf = (gate: GateEntry, more: object = {}) =>
  schema.parse({ version: 1, models: { m: { gates: [gate] } }, ...more });

test.each<[string, GateEntry, RegExp]>([
  ["max-rise on accuracy", { metric: "accuracy", "max-rise": 0.1 }, /Write max-drop: 0.1/],
  ["max-drop on log_loss", { metric: "log_loss", "max-drop": "1%" }, /Write max-rise: 1%/],
  ["max-drop in slices of log_loss", { metric: "log_loss", slices: { by: ["c"], "max-drop": 1 } }, /Write max-rise: 1/],
  ["both", { metric: "x", "max-drop": 1, "max-rise": 1 }, /Keep max-drop/],
  ["min above max", { metric: "x", "max-drop": 1, min: 2, max: 1 }, /Make min at most max/],
  ["was of a glob", { metric: "x*", min: 1, was: ["y"] }, /renamed metric/],
  ["near without max-off", { metric: "x", direction: "near", target: 1 }, /max-off/],
])("%s is a problem that names the fix", (_, gate, next) => {
  expect(checkPolicy(policyOf(gate))[0]?.next).toMatch(next);
});

test("waivers name a model of the policy, computed metrics are known, and a sound policy has no problem", () => {
  const waiver = { gate: "accuracy", reason: "r", by: "b", until: "2026-12-15" };
  const gate: GateEntry = { metric: "accuracy", "max-drop": 0.01 };
  expect(checkPolicy(policyOf(gate, { waivers: [{ ...waiver, model: "n" }] }))[0]?.path).toEqual([
    "waivers",
    0,
    "model",
  ]);
  expect(checkPolicy(policyOf(gate, { models: { m: { compute: ["acuracy"], gates: [gate] } } }))[0]?.path).toEqual([
    "models",
    "m",
    "compute",
    0,
  ]);
  expect(checkPolicy(policyOf(gate, { waivers: [{ ...waiver, model: "m" }] }))).toEqual([]);
});

test.each([
  ["acuracy", "Did you mean accuracy? docs/metrics.md lists all."],
  ["something_else_entirely", "docs/metrics.md lists the metrics."],
])("an unknown computed metric %s is told the nearest one, if any is near", (name, next) => {
  const policy = policyOf({ metric: "accuracy", "max-drop": 0.01 }, {});
  const [problem] = modelAdvice("m", { ...policy.models.m, gates: [], compute: [name] });
  expect(problem).toMatchObject({
    path: ["models", "m", "compute", 0],
    text: `m: ${name} is not a metric that can be computed.`,
    next,
  });
});

test.each<[GateEntry, object, string]>([
  [
    { metric: "accuracy", "max-drop": 0.01, min: 0.65, slices: { by: ["country"], "max-drop": "5%" } },
    {},
    "accuracy must not drop by more than 0.01 and must be at least 0.65; in each slice by country with at least 100 rows must not drop by more than 5% of the baseline; otherwise the gate fails, and an open result warns.",
  ],
  [
    { metric: "accuracy", "max-drop": 0.02, "warn-margin": 0.01, evidence: "proven" },
    { baseline: { anchor: "tag:v2.0" } },
    "accuracy must not drop by more than 0.02 (from 0.01 on it warns), where only a breach that is proven counts; the same against the anchor tag:v2.0; otherwise the gate fails, and an open result warns.",
  ],
  [
    { metric: "accuracy", min: 0.9, evidence: "bound" },
    {},
    "accuracy must be at least 0.9, with its whole interval; otherwise the gate fails, and an open result warns.",
  ],
  [
    { metric: "ratio", "max-change": "1%", "on-inconclusive": "pass" },
    {},
    "ratio must not change by more than 1% of the baseline either way; otherwise the gate fails, and an open result passes.",
  ],
  [
    { metric: "latency_ms", history: { method: "percentage", "max-off": "5%" }, severity: "warn" },
    {},
    "latency_ms must stay within 5% of the mean of the last 20 accepted runs; otherwise it warns, and an open result warns.",
  ],
  [
    { metric: "latency_ms", history: { window: 30, level: 0.95 }, severity: "info" },
    {},
    "latency_ms must stay within the 95% prediction band of the last 30 accepted runs; this is only shown.",
  ],
  [
    { metric: "selection_rate", fairness: { by: "gender", "difference-max": 0.1, "min-support": 50 } },
    {},
    "selection_rate must differ by at most 0.1 between any two groups of gender with at least 50 rows; otherwise the gate fails, and an open result warns.",
  ],
  [
    { metric: "f1", was: ["f1_score"], slices: { by: ["a+b"], multiplicity: "none" } },
    {},
    "f1 (also as f1_score) must not get worse; in each slice by a+b with at least 100 rows the same, failures not corrected for their number; otherwise the gate fails, and an open result warns.",
  ],
])("a gate is explained in one sentence: %j", (gate, frame, sentence) => {
  expect(explain(policyOf(gate, frame))[0]?.sentence).toBe(sentence);
});

test("how a model is compared as a whole is said with each gate", () => {
  const gate: GateEntry = { metric: "f1", "max-drop": 0.01 };
  const model = { gates: [gate], confidence: 0.9, pairing: "intersection", "training-sd": { f1: 0.01 } };
  expect(explain(policyOf(gate, { models: { m: model } }))[0]?.sentence).toMatch(
    /\(at 90% confidence, on the rows that both sides have, with the noise between training runs that the policy states\)\.$/,
  );
});

test.each([
  ["lower is better and the words praise", "false_negative_rate", "{more|fewer} frauds caught", "down", 1],
  ["lower is better and the words say what it counts", "false_negative_rate", "{more|fewer} frauds missed", "down", 0],
  ["higher is better", "recall", "{more|fewer} frauds caught", "up", 0],
  ["nothing is chosen by the sign", "false_negative_rate", "frauds caught", "down", 0],
] as const)("a headline where %s", (_, metric, say, direction, problems) => {
  const gate: GateEntry = { metric, direction, min: 0.1 };
  const policy = schema.parse({ version: 1, models: { m: { headline: { metric, say }, gates: [gate] } } });
  const found = checkPolicy(policy).filter(({ path }) => path.includes("headline"));
  expect(found.map(({ next }) => next)).toEqual(
    Array.from({ length: problems }, () => expect.stringContaining("missed")),
  );
});
