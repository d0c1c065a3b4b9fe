import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowsTask } from "../documents/evaluation.ts";
import type { Column, RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { type Difference, type DifferenceOptions, pairedDifference } from "./difference.ts";

const task: RowsTask = { task: "classification", positive: "1", classes: ["0", "1"], compute: [], slices: [] };
const absolute: DifferenceOptions = { scale: "absolute", level: 0.95, direction: "up" };

interface Cells {
  label: number[];
  prediction: number[];
  score: number[];
  group?: number[];
}

function table(cells: Cells): RowTable {
  const category = (codes: number[]): Column => ({
    type: "category",
    codes: Int32Array.from(codes),
    names: ["0", "1", "2", "3"],
  });
  const columns = new Map<string, Column>([
    ["label", category(cells.label)],
    ["prediction", category(cells.prediction)],
    ["score", { type: "number", values: Float64Array.from(cells.score) }],
    ...(cells.group === undefined ? [] : [["group", category(cells.group)] as const]),
  ]);
  return { count: cells.label.length, ids: textCells(cells.label.map((_, i) => `r${i}`)), columns };
}

/** Two models on the same labels. */
const pair = fc
  .array(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 })), {
    minLength: 2,
    maxLength: 40,
  })
  .map((rows) => {
    const label = rows.map((row) => row[0]);
    return {
      a: table({ label, prediction: rows.map((row) => row[1]), score: rows.map((row) => row[3] / 8) }),
      b: table({ label, prediction: rows.map((row) => row[2]), score: rows.map((row) => row[4] / 8) }),
    };
  });
const metricName = fc.constantFrom(
  ...["accuracy", "precision", "recall", "f1", "f1_macro", "mcc", "roc_auc", "average_precision", "log_loss", "brier"],
  "recall@fpr=0.1",
);

function measured(
  metric: string,
  c: RowTable,
  b: RowTable,
  options: DifferenceOptions & { at?: Int32Array } = absolute,
): Difference {
  const { difference } = pairedDifference(metric, c, b, task, options);
  if ("undefined" in difference) throw new Error(`${metric} is undefined: ${difference.undefined}`);
  return difference;
}

/** 100 rows: `both` right in both models, then those only one has right, the rest wrong in both. */
function agreement(both: number, gained: number, lost: number, n = 100) {
  const right = (i: number, own: [number, number]) => i < both || (i >= own[0] && i < own[1]);
  const make = (own: [number, number]) =>
    table({
      label: Array.from({ length: n }, () => 1),
      prediction: Array.from({ length: n }, (_, i) => (right(i, own) ? 1 : 0)),
      score: Array.from({ length: n }, () => 0.5),
    });
  return { c: make([both, both + gained]), b: make([both + gained, both + gained + lost]) };
}

describe("a paired difference", () => {
  it("negates its change and mirrors its interval when the models are swapped", () => {
    fc.assert(
      fc.property(pair, metricName, ({ a, b }, metric) => {
        const one = pairedDifference(metric, a, b, task, absolute).difference;
        const other = pairedDifference(metric, b, a, task, absolute).difference;
        if ("undefined" in one || "undefined" in other) {
          expect("undefined" in one).toBe("undefined" in other);
          return;
        }
        expect(one.change + other.change).toBe(0);
        expect((one.interval?.low ?? Number.NaN) + (other.interval?.high ?? Number.NaN)).toBe(0);
        expect((one.interval?.high ?? Number.NaN) + (other.interval?.low ?? Number.NaN)).toBe(0);
        const p = (one.pLoss ?? Number.NaN) + (other.pLoss ?? Number.NaN);
        // Replicates that change nothing count for either side, and each p for itself.
        if (one.method === "cell-bootstrap") expect(p).toBeGreaterThan(1);
        else expect(p).toBeCloseTo(1, 12);
      }),
    );
  });

  it("has no NaN in any number, and an interval around its change", () => {
    fc.assert(
      fc.property(pair, metricName, fc.constantFrom("absolute", "relative"), ({ a, b }, metric, scale) => {
        const { difference } = pairedDifference(metric, a, b, task, { ...absolute, scale });
        if ("undefined" in difference) {
          expect(difference.undefined).toMatch(/^[a-z-]+$/);
          return;
        }
        const { change, stderr, interval, pLoss, rowSd } = difference;
        for (const value of [change, stderr, interval?.low, interval?.high, pLoss, rowSd])
          expect(value).toSatisfy(Number.isFinite);
        expect(interval?.low).toBeLessThanOrEqual(change + 1e-12);
        expect(interval?.high).toBeGreaterThanOrEqual(change - 1e-12);
      }),
    );
  });

  it("of accuracies is Tango's: the table of Tango (1998), and ± z²/(n + z²) when no row differs", () => {
    const { c, b } = agreement(43, 0, 1, 44);
    const found = measured("accuracy", c, b);
    expect(found.method).toBe("tango");
    expect(found.change).toBeCloseTo(-1 / 44, 12);
    expect(found.interval?.low).toBeCloseTo(-0.118, 3);
    const same = agreement(90, 0, 0);
    const z2 = 1.959963984540054 ** 2;
    const equal = measured("accuracy", same.c, same.b);
    expect(equal.interval?.high).toBeCloseTo(z2 / (100 + z2), 8);
    expect(equal.interval?.low).toBeCloseTo(-z2 / (100 + z2), 8);
    expect(equal.pLoss).toBe(0.5);
  });

  it("contains 0 exactly when McNemar's z does not reject", () => {
    for (let gained = 0; gained <= 12; gained++) {
      for (let lost = 0; lost <= 12; lost++) {
        const { c, b } = agreement(60, gained, lost);
        const { interval, pLoss } = measured("accuracy", c, b);
        const rejected = Math.abs(gained - lost) > 1.959963984540054 * Math.sqrt(gained + lost);
        expect((interval?.low ?? 0) > 0 || (interval?.high ?? 0) < 0).toBe(rejected);
        expect(pLoss).toSatisfy((p: number) => (gained < lost ? p < 0.5 : p >= 0.5));
      }
    }
  });

  it.each(["accuracy", "precision", "f1", "f1_macro", "roc_auc", "average_precision"])(
    "of equal models is never of zero width (%s)",
    (metric) => {
      const perfect = {
        label: [0, 1, 0, 1, 1, 0],
        prediction: [0, 1, 0, 1, 1, 0],
        score: [0.1, 0.9, 0.2, 0.8, 0.7, 0.3],
      };
      const { interval } = measured(metric, table(perfect), table(perfect));
      expect(interval?.low).toBeLessThan(-0.1);
      expect(interval?.high).toBeGreaterThan(0.1);
    },
  );

  it("with groups equals the plain one when each group is one row, and has fewer degrees of freedom otherwise", () => {
    const label = [0, 1, 1, 0];
    const c = { label, prediction: label, score: [0.2, 0.6, 0.9, 0.1] };
    const b = { label, prediction: label, score: [0.3, 0.5, 0.5, 0.3] };
    const plain = measured("brier", table(c), table(b));
    const group = [0, 1, 2, 3];
    expect(measured("brier", table({ ...c, group }), table({ ...b, group })).interval).toEqual(plain.interval);
    const pairs = [0, 0, 1, 1];
    const clustered = measured("brier", table({ ...c, group: pairs }), table({ ...b, group: pairs }));
    expect(clustered.change).toBe(plain.change);
    expect(clustered.interval).not.toEqual(plain.interval);
    const one = pairedDifference(
      "brier",
      table({ ...c, group: [0, 0, 0, 0] }),
      table({ ...b, group: [0, 0, 0, 0] }),
      task,
      absolute,
    );
    expect(one.difference).toEqual({ undefined: "too-few-groups" });
  });

  it("of a slice equals that of a table of its rows", () => {
    const cells = (score: number[]): Cells => ({ label: [0, 1, 1, 0], prediction: [0, 1, 1, 0], score });
    const [c, b] = [cells([0.2, 0.6, 0.9, 0.1]), cells([0.3, 0.5, 0.5, 0.3])];
    const only = ({ label, prediction, score }: Cells) =>
      table({ label: label.slice(1), prediction: prediction.slice(1), score: score.slice(1) });
    const at = Int32Array.of(1, 2, 3);
    expect(measured("brier", table(c), table(b), { ...absolute, at })).toEqual(measured("brier", only(c), only(b)));
  });

  it("is undefined with a reason where a side, the ratio or the number of rows gives none", () => {
    const none = { label: [0, 0], prediction: [0, 0], score: [0.5, 0.1] };
    const reason = (metric: string, options = absolute) =>
      pairedDifference(metric, table(none), table(none), task, options).difference;
    expect(reason("recall")).toEqual({ undefined: "no-positives" });
    expect(reason("roc_auc")).toEqual({ undefined: "one-class" });
    expect(reason("selection_rate", { ...absolute, scale: "relative" })).toEqual({ undefined: "relative-undefined" });
    expect(reason("nonsense")).toEqual({ undefined: "metric-unknown" });
    const single = { label: [1], prediction: [1], score: [0.5] };
    expect(pairedDifference("brier", table(single), table(single), task, absolute).difference).toEqual({
      undefined: "too-few-rows",
    });
  });

  it("has a small p of loss only in the bad direction, toward and away from a target", () => {
    const { c, b } = agreement(50, 0, 30);
    expect(measured("accuracy", c, b).pLoss).toBeLessThan(1e-6);
    expect(measured("accuracy", c, b, { ...absolute, direction: "down" }).pLoss).toBeGreaterThan(0.999);
    expect(measured("accuracy", c, b, { ...absolute, direction: "near", target: 0.5 }).pLoss).toBeGreaterThan(0.999);
    expect(measured("accuracy", c, b, { ...absolute, direction: "near", target: 0.9 }).pLoss).toBe(1 / 10_000);
    expect(measured("accuracy", c, b, { ...absolute, direction: "near" })).not.toHaveProperty("pLoss");
  });
});
