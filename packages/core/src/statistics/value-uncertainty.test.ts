import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowsTask } from "../documents/evaluation.ts";
import { measure } from "../metrics/influence.ts";
import type { Column, RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { valueUncertainty } from "./value-uncertainty.ts";

const task: RowsTask = { task: "classification", positive: "1", classes: ["0", "1"], compute: [], slices: [] };
const range = { low: 0, high: 1 };

function category(codes: number[]): Column {
  return { type: "category", codes: Int32Array.from(codes), names: ["0", "1"] };
}

function table(label: number[], prediction: number[], score: number[], group?: number[]): RowTable {
  const n = label.length;
  const columns = new Map<string, Column>([
    ["label", category(label)],
    ["prediction", category(prediction)],
    ["score", { type: "number", values: Float64Array.from(score) }],
    ...(group === undefined ? [] : [["group", category(group)] as const]),
  ]);
  return { count: n, ids: textCells(label.map((_, i) => `${i}`)), columns };
}

const rows = fc.array(fc.tuple(fc.nat(1), fc.nat(1), fc.integer({ min: 0, max: 8 })), { minLength: 2, maxLength: 60 });
const metrics = [
  "accuracy",
  "precision",
  "recall",
  "f1",
  "f1_macro",
  "balanced_accuracy",
  "roc_auc",
  "average_precision",
  "brier",
];

describe("the uncertainty of a value", () => {
  it("is an interval around the value and within the metric's range, or none", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...metrics), (cells, metric) => {
        const [label, prediction, score] = [0, 1, 2].map((k) => cells.map((row) => row[k] ?? 0));
        const made = table(
          label ?? [],
          prediction ?? [],
          (score ?? []).map((x) => x / 8),
        );
        const measured = measure(metric, made, task);
        if ("undefined" in measured) return;
        const { interval, stderr } = valueUncertainty(measured, range, made, { level: 0.95 });
        if (interval === undefined) return;
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        expect(interval.low).toBeLessThanOrEqual(measured.value + 1e-12);
        expect(interval.high).toBeGreaterThanOrEqual(measured.value - 1e-12);
        if (metric !== "brier") expect(interval.high).toBeGreaterThan(interval.low);
        if (stderr !== undefined) expect(stderr).toSatisfy(Number.isFinite);
      }),
    );
  });

  it.each([
    ["accuracy", "wilson"],
    ["f1", "wilson"],
    ["balanced_accuracy", "cell-bootstrap"],
    ["mcc", "cell-bootstrap"],
    ["roc_auc", "logit"],
    ["average_precision", "logit"],
    ["brier", "influence"],
  ])("of %s comes from %s", (metric, method) => {
    const label = Array.from({ length: 80 }, (_, i) => i % 2);
    const prediction = label.map((y, i) => (i % 7 === 0 ? 1 - y : y));
    const score = label.map((y, i) => (y + ((i * 13) % 17) / 8) / 4);
    const made = table(label, prediction, score);
    const measured = measure(metric, made, task);
    if ("undefined" in measured) throw new Error(measured.undefined);
    expect(valueUncertainty(measured, { low: -1, high: 1 }, made, { level: 0.95 }).interval?.method).toBe(method);
  });

  it("of a perfect area has a width on one side only", () => {
    const label = Array.from({ length: 40 }, (_, i) => i % 2);
    const made = table(label, label, label);
    const measured = measure("roc_auc", made, task);
    if ("undefined" in measured) throw new Error(measured.undefined);
    const { interval, stderr } = valueUncertainty(measured, range, made, { level: 0.95 });
    expect(interval?.high).toBe(1);
    // Wilson's of 20 successes in 20 trials: 20 / (20 + z²).
    expect(interval?.low).toBeCloseTo(20 / (20 + 1.959963984540054 ** 2), 10);
    expect(stderr).toBeUndefined();
  });

  it("is none from one row, and flagged from few", () => {
    const label = [1, 0, 1, 1];
    const made = table(label, [1, 0, 0, 1], [0.5, 0.2, 0.3, 0.9]);
    const measured = measure("brier", made, task);
    if ("undefined" in measured) throw new Error(measured.undefined);
    expect(valueUncertainty(measured, range, made, { level: 0.95 })).toMatchObject({ lowN: true });
    const one = measure("brier", made, task, Int32Array.of(2));
    if ("undefined" in one) throw new Error(one.undefined);
    expect(valueUncertainty(one, range, made, { level: 0.95, at: Int32Array.of(2) })).toEqual({ lowN: true });
  });

  it("with groups is wider than without when rows of a group are alike", () => {
    const label = Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1));
    const prediction = label.map((y, i) => (i < 20 ? 1 - y : y));
    const score = label;
    const plain = table(label, prediction, score);
    const grouped = table(label, prediction, score, label);
    const width = (made: RowTable) => {
      const measured = measure("accuracy", made, task);
      if ("undefined" in measured) throw new Error(measured.undefined);
      const { interval } = valueUncertainty(measured, range, made, { level: 0.95 });
      return (interval?.high ?? Number.NaN) - (interval?.low ?? Number.NaN);
    };
    expect(width(grouped)).toBeGreaterThan(2 * width(plain));
  });
});
