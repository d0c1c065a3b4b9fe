import { expect, it } from "vitest";
import { computableMetrics } from "../metrics/known.ts";
import { rangeNotes } from "./range-notes.ts";
import { decided, sideOf } from "./rules/decision.fixture.ts";

const noted = (gate: object, value: number, name = "accuracy", direction: "up" | "down" = "up") => {
  const metrics = [{ name, value, direction, stderr: 0.001, n: 500 }];
  const verdict = decided({
    candidate: sideOf(metrics, 1),
    baseline: sideOf(metrics, 2),
    model: { gates: [{ metric: name, ...gate }] },
  });
  return (verdict.notes ?? []).flatMap(({ code, text }) => (code === "beyond-range" ? [text] : []));
};

it.each([
  [{ "max-drop": 1 }, 0.9, ["A margin of 1 is never exceeded by accuracy, since it lies from 0 to 1."]],
  [
    { "max-drop": "150%" },
    0.9,
    ["A margin of 150% is never exceeded by accuracy, since nothing can lose more than all of it."],
  ],
  [{ min: 90 }, 0.9, ["No value of accuracy keeps min: 90, since it lies from 0 to 1."]],
  [{ min: 0 }, 0.9, ["Every value of accuracy keeps min: 0, since it lies from 0 to 1."]],
  [{ max: 1 }, 0.9, ["Every value of accuracy keeps max: 1, since it lies from 0 to 1."]],
  [{ "min-gain": 1 }, 0.9, ["A gain of 1 is never reached by accuracy, since it lies from 0 to 1."]],
  [
    { min: 0.9 },
    90,
    ["accuracy is outside of its usual range, from 0 to 1: margins and limits are held against it as they are."],
  ],
  [
    { "max-drop": 1 },
    90,
    ["accuracy is outside of its usual range, from 0 to 1: margins and limits are held against it as they are."],
  ],
  [{ "max-drop": 0.99 }, 0.9, []],
  [{ "max-drop": "99%" }, 90, []],
  [{ min: 0.9 }, 0.9, []],
])("%j of an accuracy of %d is noted when it can never be broken or kept", (gate, value, texts) => {
  expect(noted(gate, value)).toEqual(texts);
});

it("a metric that may rise or fall without end, and one that is not known, are left alone", () => {
  expect(noted({ "max-rise": 100 }, 3, "mae", "down")).toEqual([]);
  expect(noted({ "max-rise": "200%" }, 3, "mae", "down")).toEqual([]);
  expect(noted({ "max-drop": "200%" }, 0.5, "r2")).toEqual([]);
  expect(noted({ "max-drop": 5 }, 80, "points")).toEqual([]);
});

it("many metrics under one margin are one note, with a few of them named", () => {
  const results = ["accuracy", "f1", "recall", "precision", "f1"].map((metric) => ({
    id: metric,
    gate: "*",
    metric,
    rule: "no-regression" as const,
    outcome: "pass" as const,
    severity: "error" as const,
    reasons: [],
    direction: "up" as const,
    margin: 5,
    scale: "relative" as const,
  }));
  expect(rangeNotes(results)).toMatchObject([
    {
      text: "A margin of 500% is never exceeded by accuracy, f1, recall and 1 more, since nothing can lose more than all of it.",
    },
  ]);
});

it("every computable metric can be from 0 to 1, so that smaller margins and limits need no look-up", () => {
  expect(computableMetrics().filter(({ low, high }) => low > 0 || high < 1)).toEqual([]);
});

it("a share of a percentage is as good as one of a fraction, but not where only one side is in percent", () => {
  const notes = (candidate: number, baseline: number) => {
    const side = (value: number, seed: number) => sideOf([{ name: "accuracy", value, direction: "up", n: 500 }], seed);
    const gates = [{ metric: "accuracy", "max-drop": "1%", evidence: "estimate" }];
    const verdict = decided({ candidate: side(candidate, 1), baseline: side(baseline, 2), model: { gates } });
    return (verdict.notes ?? []).filter(({ code }) => code === "beyond-range").length;
  };
  expect([notes(90, 91), notes(0.9, 0.91), notes(50, 0.9), notes(0.9, 90)]).toEqual([0, 0, 1, 1]);
});
