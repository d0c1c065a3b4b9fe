import { expect, test } from "vitest";
import { checkPolicy } from "./check.ts";
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

test("each gate is explained in one sentence", () => {
  const gate: GateEntry = {
    metric: "accuracy",
    "max-drop": 0.01,
    min: 0.65,
    slices: { by: ["country"], "max-drop": "5%" },
  };
  expect(explain(policyOf(gate))[0]?.sentence).toBe(
    "accuracy must not drop by more than 0.01 and must be at least 0.65; in each slice by country with at least 100 rows must not drop by more than 5% of the baseline; otherwise the gate fails, and an open result warns.",
  );
});
