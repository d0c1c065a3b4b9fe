import fc from "fast-check";
import { expect, test } from "vitest";
import type { Outcome } from "../../documents/verdict.ts";
import { judgeChange } from "../judge-change.ts";
import type { ChangeQuestion } from "../questions.ts";

type Rule = ChangeQuestion["rule"];
type Asked = Pick<ChangeQuestion, "evidence" | "direction">;

/** A change of raw units (candidate − baseline) with its interval, asked with the margin 0.01. */
function judged(rule: Rule, low: number, change: number, high: number, more: Partial<Asked> = {}, warn?: number) {
  const question: ChangeQuestion = {
    rule,
    margin: { value: 0.01, scale: "absolute" },
    direction: "up",
    ...(warn === undefined ? {} : { warnMargin: { value: warn, scale: "absolute" } }),
    ...more,
  };
  const interval = { low, high, level: 0.95, method: "given" };
  const difference = { change, scale: "absolute" as const, method: "given", interval };
  return judgeChange(question, { name: "x", candidate: 0.5 + change, baseline: 0.5, difference }, 0.95);
}

// reference/statistics.md §3.1: rule, evidence, interval of candidate − baseline with its estimate, outcome; the margin is 0.01.
test.each<[Rule, Asked["evidence"], number, number, number, Outcome]>([
  ["no-regression", undefined, -0.01, 0, 0.01, "pass"],
  ["no-regression", undefined, -0.0101, 0, 0.01, "inconclusive"],
  ["no-regression", undefined, -0.03, -0.02, -0.001, "fail"],
  ["no-regression", undefined, -0.03, -0.02, 0, "inconclusive"],
  ["no-regression", undefined, -0.02, -0.01, -0.005, "inconclusive"],
  ["no-regression", "significant", -0.03, -0.02, -0.001, "fail"],
  ["no-regression", "proven", -0.03, -0.02, -0.001, "inconclusive"],
  ["no-regression", "proven", -0.03, -0.02, -0.01, "inconclusive"],
  ["no-regression", "proven", -0.03, -0.02, -0.011, "fail"],
  ["no-regression", "estimate", -0.03, -0.02, 0.01, "fail"],
  ["no-regression", "estimate", -0.03, -0.01, 0.01, "inconclusive"],
  ["no-regression", "estimate", -0.01, -0.01, 0.01, "pass"],
  ["improvement", undefined, 0.01, 0.02, 0.03, "inconclusive"],
  ["improvement", undefined, 0.011, 0.02, 0.03, "pass"],
  ["improvement", undefined, -0.01, 0, 0.01, "fail"],
  ["equivalence", undefined, -0.01, 0, 0.01, "pass"],
  ["equivalence", undefined, -0.01, 0, 0.011, "inconclusive"],
  ["equivalence", undefined, 0.001, 0.011, 0.021, "fail"],
  ["equivalence", undefined, 0, 0.011, 0.022, "inconclusive"],
  ["equivalence", undefined, -0.021, -0.011, -0.001, "fail"],
])("%s, evidence %s, %d ≤ %d ≤ %d: %s", (rule, evidence, low, change, high, outcome) => {
  const stated = evidence === undefined ? {} : { evidence };
  expect(judged(rule, low, change, high, stated).outcome).toBe(outcome);
  const mirrored = judged(rule, -high, -change, -low, { ...stated, direction: "down" });
  expect(mirrored.outcome, "a metric that should be low, with the change the other way").toBe(outcome);
});

test("stricter evidence never fails more: proven ⊆ significant ⊆ estimate; and a pass is a pass under each", () => {
  const amount = fc.double({ min: -0.1, max: 0.1, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(amount, amount, amount), (three) => {
      const [low = 0, change = 0, high = 0] = [...three].sort((a, b) => a - b);
      const outcomes = (["proven", "significant", "estimate"] as const).map(
        (evidence) => judged("no-regression", low, change, high, { evidence }).outcome,
      );
      const fails = outcomes.map((one) => one === "fail");
      expect(fails).toEqual([...fails].sort());
      expect(new Set(outcomes.map((one) => one === "pass")).size).toBe(1);
    }),
  );
});

test("a loss beyond the warn-margin and within the margin passes and is marked; one beyond both only fails", () => {
  const within = judged("no-regression", -0.0095, -0.008, -0.005, {}, 0.005);
  expect(within).toMatchObject({ outcome: "pass", warned: true, warnMargin: 0.005 });
  expect(within.reasons.map(({ code }) => code)).toEqual(["within-margin", "beyond-warn-margin"]);
  const beyond = judged("no-regression", -0.03, -0.02, -0.015, {}, 0.005);
  expect(beyond.outcome).toBe("fail");
  expect("warned" in beyond).toBe(false);
  expect("warned" in judged("no-regression", -0.0095, -0.003, 0.001, {}, 0.005)).toBe(false);
});
