import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowsTask } from "../documents/evaluation.ts";
import { measure } from "../metrics/influence.ts";
import type { Column, RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { type Difference, type DifferenceOptions, pairedDifference } from "./difference.ts";
import { philoxDraws } from "./draws/philox.ts";
import { valueUncertainty } from "./value-uncertainty.ts";
import { groupOf, spreadOf } from "./variance.ts";

const binary: RowsTask = { task: "classification", positive: "1", classes: ["0", "1"], compute: [], slices: [] };
const regression: RowsTask = { task: "regression", compute: [], slices: [] };
const absolute: DifferenceOptions = { scale: "absolute", level: 0.95, direction: "up" };

function category(codes: number[]): Column {
  const names = Array.from({ length: 12 }, (_, code) => `${code}`);
  return { type: "category", codes: Int32Array.from(codes), names };
}

function number(values: number[]): Column {
  return { type: "number", values: Float64Array.from(values) };
}

function table(columns: Record<string, Column>, n: number): RowTable {
  return {
    count: n,
    ids: textCells(Array.from({ length: n }, (_, i) => `${i}`)),
    columns: new Map(Object.entries(columns)),
  };
}

/** Two classifiers of `n` rows with the same skill on the same labels, by a seed. */
function twoClassifiers(n: number, seed: number, classes = 2): { label: number[]; a: number[]; b: number[] } {
  const draws = philoxDraws(seed, 9);
  draws.restart(0);
  const label = Array.from({ length: n }, () => Math.floor(draws.next() * classes * 0.999));
  const guess = () => label.map((y) => (draws.next() < 0.75 ? y : Math.floor(draws.next() * classes)));
  return { label, a: guess(), b: guess() };
}

function compared(metric: string, c: RowTable, b: RowTable, task: RowsTask, options = absolute): Difference {
  const { difference } = pairedDifference(metric, c, b, task, options);
  if ("undefined" in difference) throw new Error(`${metric}: ${difference.undefined}`);
  return difference;
}

describe("a metric of counts", () => {
  it.each(["f1", "precision", "f1_macro", "balanced_accuracy", "mcc", "cohen_kappa"])(
    "has the same spread by its cells as by its influence values (%s)",
    (metric) => {
      const { label, a, b } = twoClassifiers(1500, 3);
      const [c, d] = [a, b].map((prediction) =>
        table({ label: category(label), prediction: category(prediction) }, 1500),
      );
      if (c === undefined || d === undefined) throw new Error("no tables");
      const found = compared(metric, c, d, binary);
      expect(found.method).toBe("cell-bootstrap");
      const [mine, theirs] = [c, d].map((rows) => measure(metric, rows, binary));
      if (mine === undefined || theirs === undefined || "undefined" in mine || "undefined" in theirs)
        throw new Error("no value");
      const shift = mine.influence.map((x, i) => x - (theirs.influence[i] ?? 0));
      const spread = spreadOf(shift, undefined, undefined);
      expect((found.stderr ?? 0) / (spread?.stderr ?? 1)).toBeCloseTo(1, 1);
      const alone = valueUncertainty(mine, { low: -1, high: 1 }, c, { level: 0.95 });
      expect((alone.stderr ?? 0) / (spreadOf(mine.influence, undefined, undefined)?.stderr ?? 1)).toBeCloseTo(1, 1);
    },
  );

  it("gives the same bits whatever the order of the rows", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.constantFrom("f1", "f1_macro", "mcc"), (seed, metric) => {
        const { label, a, b } = twoClassifiers(60, seed, 3);
        const turned = (codes: number[]) => category(codes.map((_, i) => codes[(i * 7 + 3) % 60] ?? 0));
        const plain = (prediction: number[]) => table({ label: category(label), prediction: category(prediction) }, 60);
        const other = (prediction: number[]) => table({ label: turned(label), prediction: turned(prediction) }, 60);
        expect(pairedDifference(metric, other(a), other(b), binary, absolute)).toEqual(
          pairedDifference(metric, plain(a), plain(b), binary, absolute),
        );
      }),
      { numRuns: 15 },
    );
  });

  it("gives the same bits each time, and others with another seed", () => {
    const { label, a, b } = twoClassifiers(300, 5);
    const [c, d] = [a, b].map((prediction) => table({ label: category(label), prediction: category(prediction) }, 300));
    if (c === undefined || d === undefined) throw new Error("no tables");
    expect(compared("f1", c, d, binary)).toEqual(compared("f1", c, d, binary));
    expect(compared("f1", c, d, binary, { ...absolute, seed: 2 }).interval).not.toEqual(
      compared("f1", c, d, binary).interval,
    );
  });

  it("has a finer p of loss when a gate has many hypotheses", () => {
    const n = 400;
    const label = Array.from({ length: n }, (_, i) => i % 2);
    const worse = label.map((y, i) => (i % 5 === 0 ? 1 - y : y));
    const [c, b] = [worse, label].map((prediction) =>
      table({ label: category(label), prediction: category(prediction) }, n),
    );
    if (c === undefined || b === undefined) throw new Error("no tables");
    expect(compared("f1", c, b, binary).pLoss).toBe(1 / 10_000);
    expect(compared("f1", c, b, binary, { ...absolute, hypotheses: 100 }).pLoss).toBeCloseTo(1 / 40_001, 12);
  });

  it("covers a true difference of nothing about 95 times in 100", () => {
    let covered = 0;
    const trials = 250;
    for (let trial = 0; trial < trials; trial++) {
      const { label, a, b } = twoClassifiers(250, 100 + trial);
      const [c, d] = [a, b].map((prediction) =>
        table({ label: category(label), prediction: category(prediction) }, 250),
      );
      if (c === undefined || d === undefined) throw new Error("no tables");
      const { interval } = compared("f1", c, d, binary);
      if (interval !== undefined && interval.low <= 0 && interval.high >= 0) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.91);
    expect(covered / trials).toBeLessThan(0.99);
  });

  it("with weights or groups is left to the influence values", () => {
    const { label, a, b } = twoClassifiers(400, 7);
    const extra = { weight: number(label.map((_, i) => 1 + (i % 3))) };
    const [c, d] = [a, b].map((p) => table({ label: category(label), prediction: category(p), ...extra }, 400));
    if (c === undefined || d === undefined) throw new Error("no tables");
    expect(compared("f1", c, d, binary).method).toBe("paired-influence");
  });

  it("without a value in many replicates says that the samples have none", () => {
    const label = [1, 0, 0, 0, 0, 0];
    const [c, b] = [
      [1, 0, 0, 0, 0, 0],
      [0, 1, 0, 0, 0, 0],
    ].map((p) => table({ label: category(label), prediction: category(p) }, 6));
    if (c === undefined || b === undefined) throw new Error("no tables");
    expect(pairedDifference("precision", c, b, binary, absolute).difference).toEqual({
      undefined: "too-few-resamples",
    });
  });

  it("says when the rows are few", () => {
    const few = twoClassifiers(20, 1);
    const many = twoClassifiers(400, 1);
    const sides = ({ label, a, b }: typeof few) =>
      [a, b].map((p) => table({ label: category(label), prediction: category(p) }, label.length));
    const [c, b] = sides(few);
    const [d, e] = sides(many);
    if (c === undefined || b === undefined || d === undefined || e === undefined) throw new Error("no tables");
    expect(compared("accuracy", c, b, binary).lowN).toBe(true);
    expect(compared("accuracy", d, e, binary)).not.toHaveProperty("lowN");
    const group = category(many.label.map((_, i) => i % 12));
    const [f, g] = [d, e].map((rows) => ({ ...rows, columns: new Map([...rows.columns, ["group", group]]) }));
    if (f === undefined || g === undefined) throw new Error("no tables");
    expect(compared("accuracy", f, g, binary).lowN).toBe(true);
  });
});

describe("a metric without influence values", () => {
  const sides = (n: number, group?: Column) => {
    const draws = philoxDraws(21, 9);
    draws.restart(0);
    const label = Array.from({ length: n }, () => draws.next());
    const near = (shift: number) => label.map((y) => y + shift + draws.next() - 0.5);
    const make = (prediction: number[]) =>
      table({ label: number(label), prediction: number(prediction), ...(group && { group }) }, n);
    return { c: make(near(0.4)), b: make(near(0)) };
  };

  it("is drawn again by rows, mirrored when the sides are swapped", () => {
    const { c, b } = sides(300);
    const one = compared("median_ae", c, b, regression, { ...absolute, direction: "down" });
    const other = compared("median_ae", b, c, regression, { ...absolute, direction: "down" });
    expect(one.method).toBe("row-bootstrap");
    expect(one.interval?.low).toBeGreaterThan(0);
    expect(one.pLoss).toBeLessThan(0.01);
    expect(other.change).toBe(-one.change);
    expect(other.interval?.low).toBe(-(one.interval?.high ?? Number.NaN));
    expect(other.interval?.high).toBe(-(one.interval?.low ?? Number.NaN));
  });

  it("of many rows has the sd of fewer replicates, near the sd of the median of a normal limit", () => {
    const { c, b } = sides(30_000);
    const found = compared("median_ae", c, b, regression, { ...absolute, direction: "down" });
    // Each side's median error has a density of 2 (the better) or about 1, so an sd of 1 / (2 · density · √n) or so.
    expect(found.stderr).toBeGreaterThan(0.25 / Math.sqrt(30_000));
    expect(found.stderr).toBeLessThan(1 / Math.sqrt(30_000));
    expect(found.interval?.high).toBeGreaterThan(found.change);
  });

  it("is drawn by groups when rows belong together, and not at all from a single group", () => {
    const rows = sides(120);
    const groups = category(Array.from({ length: 120 }, (_, i) => i % 12));
    const grouped = sides(120, groups);
    const down = { ...absolute, direction: "down" } as const;
    expect(compared("median_ae", grouped.c, grouped.b, regression, down).interval).not.toEqual(
      compared("median_ae", rows.c, rows.b, regression, down).interval,
    );
    const one = sides(120, category(Array.from({ length: 120 }, () => 0)));
    expect(pairedDifference("median_ae", one.c, one.b, regression, down).difference).toEqual({
      undefined: "too-few-groups",
    });
  });

  it("alone has an interval around its value, within its range", () => {
    const { c } = sides(300);
    const measured = measure("median_ae", c, regression);
    if ("undefined" in measured) throw new Error(measured.undefined);
    const { interval, stderr } = valueUncertainty(measured, { low: 0, high: Number.POSITIVE_INFINITY }, c, {
      level: 0.95,
    });
    expect(interval?.method).toBe("row-bootstrap");
    expect(interval?.low).toBeLessThan(measured.value);
    expect(interval?.high).toBeGreaterThan(measured.value);
    expect(stderr).toBeGreaterThan(0);
  });
});

it("a value that is no number never has an interval", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
      fc.constantFrom("mae", "rmse", "median_ae", "r2"),
      (bad, metric) => {
        const label = [1, 2, 3, 4];
        const good = table({ label: number(label), prediction: number([1, 2, 2, 5]) }, 4);
        const other = table({ label: number(label), prediction: number([1, bad, 2, 5]) }, 4);
        for (const [c, b] of [[good, other] as const, [other, good] as const]) {
          const { difference } = pairedDifference(metric, c, b, regression, absolute);
          if (!("undefined" in difference))
            expect(difference.interval).toSatisfy(
              (i: Difference["interval"]) =>
                Number.isFinite(i?.low) && Number.isFinite(i?.high) && Number.isFinite(difference.change),
            );
          else expect(difference.undefined).toMatch(/^[a-z-]+$/);
        }
      },
    ),
  );
});

it("queries are the independent units when there is no group, and series when there is neither", () => {
  const codes = (x: number) => category([x, x, x]);
  const of = (columns: Record<string, Column>) => groupOf(table(columns, 3))?.codes[0];
  expect(of({ group: codes(0), query: codes(1), series: codes(2) })).toBe(0);
  expect(of({ query: codes(1), series: codes(2) })).toBe(1);
  expect(of({ series: codes(2) })).toBe(2);
  expect(of({})).toBeUndefined();
});
