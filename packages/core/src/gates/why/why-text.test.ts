import { describe, expect, test } from "vitest";
import type { Metric } from "../../documents/evaluation.ts";
import { UserError } from "../../errors/user-error.ts";
import { decided, sideOf } from "../rules/decision.fixture.ts";
import { findResults } from "./find-results.ts";
import { methodSources } from "./method-sources.ts";
import { whyText } from "./why-text.ts";

const acc = (value: number, stderr?: number): Metric => ({
  name: "accuracy",
  value,
  direction: "up",
  n: 1000,
  ...(stderr === undefined ? {} : { stderr }),
});
const sides = (c: Metric, b: Metric) => ({ candidate: sideOf([c], 1), baseline: sideOf([b], 2) });
const gates = [{ metric: "accuracy", "max-drop": 0.01, min: 0.5 }];

describe("--why", () => {
  test("finds one result by its id, those of a gate, those of a metric; and names the nearest ids otherwise", () => {
    const verdict = decided({ ...sides(acc(0.9), acc(0.9)), model: { gates: [{ ...gates[0], metric: "acc*" }] } });
    expect(findResults(verdict, "accuracy/min").map(({ id }) => id)).toEqual(["accuracy/min"]);
    expect(findResults(verdict, "acc*")).toHaveLength(2);
    expect(findResults(verdict, "accuracy")).toHaveLength(2);
    expect(() => findResults(verdict, "acuracy/min")).toThrow(UserError);
    try {
      findResults(verdict, "acuracy/min");
    } catch (error) {
      expect(error instanceof UserError && error.problems[0]?.next).toMatch(/^Nearest are accuracy\/min ·/);
    }
  });

  test("walks from the values to the verdict", () => {
    const verdict = decided({
      ...sides(acc(0.8, 0.005), acc(0.9, 0.005)),
      model: { gates },
      frame: { waivers: [{ gate: "accuracy/no-regression", reason: "RISK-412", by: "asha", until: "2026-12-15" }] },
    });
    const [result] = findResults(verdict, "accuracy/no-regression");
    const text = result === undefined ? "" : whyText(result, verdict);
    for (const part of [
      "accuracy/no-regression: fail, so warn",
      "change        -0.1",
      "margin        0.01",
      "(Welch 1947; Satterthwaite 1946)",
      "1. The gain, the change with better counted up, is -0.1, its interval -0.1139 to -0.08614.",
      "2. Pass asks that the whole interval keeps the margin: -0.1139 ≥ -0.01? no.",
      "3. Fail asks that the observed loss is beyond the margin: -0.1 < -0.01? yes.",
      "4. And that it is real: -0.08614 < 0? yes.",
      "5. The outcome is fail.",
      "6. Waived by asha until 2026-12-15 (RISK-412): it warns.",
      "8. The verdict of m is warn, the worst of 2 results (1 of them).",
    ])
      expect(text).toContain(part);
  });

  test.each([
    ["an improvement", { metric: "accuracy", "min-gain": 0.5 }, "Fail asks that the interval does not reach above it"],
    ["an equivalence", { metric: "accuracy", "max-change": 0.001 }, "0 outside of"],
    ["a proven loss", { metric: "accuracy", "max-drop": 0.01, evidence: "proven" }, "(evidence: proven)"],
    ["an estimate", { metric: "accuracy", "max-drop": 0.01, evidence: "estimate" }, "by the value alone"],
    ["a floor", { metric: "accuracy", min: 0.9 }, "The limit is inclusive: 0.8 ≥ 0.9? no."],
    ["a bound", { metric: "accuracy", max: 0.8, evidence: "bound" }, "Pass asks that the whole interval"],
    ["past runs", { metric: "accuracy", history: {} }, "too few accepted runs"],
    ["groups without rows", { metric: "accuracy", fairness: { by: "g", "ratio-min": 0.8 } }, "could not be compared"],
    ["a metric that is absent", { metric: "recall", "max-drop": 0.1 }, "Nothing was compared"],
  ])("tells the steps of %s, and its last step is the verdict", (_, gate, part) => {
    const verdict = decided({ ...sides(acc(0.8, 0.005), acc(0.9, 0.005)), model: { gates: [gate] } });
    const [result] = verdict.gates;
    const text = result === undefined ? "" : whyText(result, verdict);
    expect(text).toContain(part);
    expect(text).toContain(`The verdict of m is ${verdict.verdict}`);
  });

  test("each part of a method's name has a source", () => {
    expect(methodSources("unpaired-stderr+training-sd").map(({ source }) => source)).toEqual([
      "Welch 1947; Satterthwaite 1946",
      "Bouthillier et al. 2021",
    ]);
    expect(methodSources("tango-fixed-threshold")[0]?.what).toMatch(/threshold was chosen on these rows/);
    expect(methodSources("my-own")).toEqual([{ what: "my own", source: "as the evaluation says" }]);
  });
});
