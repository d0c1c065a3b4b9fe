import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowsTask } from "../../documents/evaluation.ts";
import { measure } from "../../metrics/influence.ts";
import type { Column, RowTable } from "../../tables/row-table.ts";
import { textCells } from "../../tables/text-cells.ts";
import { type Difference, type DifferenceOptions, pairedDifference } from "../difference.ts";
import { philoxDraws } from "../draws/philox.ts";
import { normalQuantile } from "../normal.ts";
import { studentCdf, studentQuantile } from "../student.ts";
import { tango } from "../tango.ts";

const task: RowsTask = { task: "classification", positive: "1", classes: ["0", "1"], compute: [], slices: [] };
const absolute: DifferenceOptions = { scale: "absolute", level: 0.95, direction: "up" };
const z = normalQuantile(0.975);

const category = (codes: readonly number[]): Column => ({
  type: "category",
  codes: Int32Array.from(codes),
  names: ["0", "1", "2"],
});

function table(columns: Record<string, Column>, count: number): RowTable {
  return {
    count,
    ids: textCells(Array.from({ length: count }, (_, i) => `r${i}`)),
    columns: new Map(Object.entries(columns)),
  };
}

function compared(metric: string, c: RowTable, b: RowTable, options: DifferenceOptions = absolute): Difference {
  const { difference } = pairedDifference(metric, c, b, task, options);
  if ("undefined" in difference) throw new Error(`${metric} is undefined: ${difference.undefined}`);
  return difference;
}

/** How many rows of a class are right in both models, in the candidate alone, in the baseline alone, in neither. */
type Counts = readonly [both: number, candidate: number, baseline: number, neither: number];

function models(positives: Counts, negatives: Counts, extra: (count: number) => Record<string, Column> = () => ({})) {
  const rows = ([1, 0] as const).flatMap((label) =>
    (label === 1 ? positives : negatives).flatMap((count, kind) =>
      Array.from({ length: count }, () => ({ label, mine: kind < 2, theirs: kind === 0 || kind === 2 })),
    ),
  );
  const side = (right: (row: (typeof rows)[number]) => boolean) =>
    table(
      {
        label: category(rows.map(({ label }) => label)),
        prediction: category(rows.map((row) => (right(row) ? row.label : 1 - row.label))),
        ...extra(rows.length),
      },
      rows.length,
    );
  return { candidate: side(({ mine }) => mine), baseline: side(({ theirs }) => theirs) };
}

/** The differences of the rows' influence on a metric, and what one row makes at most. */
function influences(metric: string, { candidate, baseline }: ReturnType<typeof models>) {
  const c = measure(metric, candidate, task);
  const b = measure(metric, baseline, task);
  if ("undefined" in c || "undefined" in b) throw new Error(`${metric} is undefined`);
  const d = Array.from(c.influence, (x, i) => x - (b.influence[i] ?? 0));
  return { d, oneRow: Math.max(c.oneRow ?? 0, b.oneRow ?? 0) };
}

/** The rates of gained and of lost units that are likeliest for the counts when `net` more are lost than gained: by search. */
function likeliestVariance(gained: number, lost: number, net: number): number {
  const logLikelihood = (g: number) =>
    (gained === 0 ? 0 : gained * Math.log(g)) + lost * Math.log(g + net) - 2 * g - net;
  let [low, high] = [Math.max(0, -net), gained + lost + Math.abs(net) + 1];
  for (let i = 0; i < 200; i++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (logLikelihood(a) < logLikelihood(b)) low = a;
    else high = b;
  }
  return low + high + net;
}

const counts = fc.tuple(fc.integer({ min: 5, max: 40 }), fc.nat(6), fc.nat(6), fc.integer({ min: 1, max: 10 }));
const pair = fc.tuple(counts, counts).map(([positives, negatives]) => models(positives, negatives));
const ofCounts = fc.constantFrom("f1", "f2", "mcc", "cohen_kappa", "balanced_accuracy", "f1_macro", "f1_weighted");

describe("few rows that tell two sides apart", () => {
  it("hold a loss against the variance that it would have, likeliest for the rows that differ: by its definition", () => {
    let checked = 0;
    fc.assert(
      fc.property(pair, ofCounts, (both, metric) => {
        const found = compared(metric, both.candidate, both.baseline);
        const { d, oneRow } = influences(metric, both);
        const n = d.length;
        const squares = d.reduce((sum, x) => sum + x * x, 0) * (n / (n - 1));
        const fourths = d.reduce((sum, x) => sum + x ** 4, 0);
        const k = squares ** 2 / fourths;
        if (found.method !== "few-differing" || found.interval === undefined) return;
        expect(found.few?.differing).toBeCloseTo(k, 6);
        const wider = (studentQuantile(0.975, 2 * k) / z) ** 2;
        const step = Math.max(Math.sqrt(fourths / squares), oneRow);
        const units = (squares * wider) / step ** 2;
        for (const side of [-1, 1]) {
          const end = side * (side < 0 ? found.interval.low : found.interval.high);
          const change = side * found.change;
          // So few may all have differed alike: then a row more may differ either way.
          if (2 ** -k > 0.025) expect(end).toBeGreaterThanOrEqual(step * (1 - 1e-9));
          if (2 ** -k > 0.025 && end < step * (1 + 1e-9)) continue;
          // Only a change beyond 0 needs units that the sample may lack, and no end lies beyond the metric's range.
          if (!(end > 0) || end > 0.99 || Math.abs(change) / step > units) continue;
          const net = change / step;
          const variance = likeliestVariance((units - net) / 2, (units + net) / 2, end / step) * step ** 2;
          expect((end - change) ** 2 / (z * z * variance)).toBeCloseTo(1, 4);
          checked++;
        }
      }),
      { numRuns: 150 },
    );
    expect(checked).toBeGreaterThan(100);
  });

  it.each(["f1", "mcc", "roc_auc", "average_precision"])(
    "%s: swapping the sides mirrors the interval to the last bit",
    (metric) => {
      fc.assert(
        fc.property(counts, counts, fc.infiniteStream(fc.nat(8)), (positives, negatives, scores) => {
          const score = (count: number): Record<string, Column> => ({
            score: {
              type: "number",
              values: Float64Array.from({ length: count }, () => (scores.next().value ?? 0) / 8),
            },
          });
          const { candidate } = models(positives, negatives, score);
          const { baseline } = models(positives, negatives, score);
          const there = compared(metric, candidate, baseline);
          const back = compared(metric, baseline, candidate);
          if (there.few === undefined || there.interval === undefined) return;
          expect([back.interval?.low, back.interval?.high]).toEqual([0 - there.interval.high, 0 - there.interval.low]);
        }),
        { numRuns: 60 },
      );
    },
  );

  it("are about as sure as Tango's interval says of a share", () => {
    // With a column of weights, all 1, the share has no interval of its own.
    const weighted = (count: number): Record<string, Column> => ({
      weight: { type: "number", values: new Float64Array(count).fill(1) },
    });
    const { candidate, baseline } = models([1000, 8, 12, 100], [1800, 0, 0, 80], weighted);
    const found = compared("accuracy", candidate, baseline);
    const exact = tango(8, 12, 3000, 0.95);
    expect(found.method).toBe("few-differing");
    const [low, high] = [found.interval?.low ?? 0, found.interval?.high ?? 0];
    expect((low - found.change) / (exact.low - found.change)).toBeGreaterThan(1);
    expect((low - found.change) / (exact.low - found.change)).toBeLessThan(1.05);
    expect((high - found.change) / (exact.high - found.change)).toBeGreaterThan(1);
    expect((high - found.change) / (exact.high - found.change)).toBeLessThan(1.05);
  });

  it.each(["f1", "mcc", "balanced_accuracy"])(
    "%s: one row that differs is less sure than none, and not by twice",
    (metric) => {
      const none = models([300, 0, 0, 100], [1560, 0, 0, 40]);
      const one = models([300, 0, 1, 99], [1560, 0, 0, 40]);
      const low = ({ candidate, baseline }: ReturnType<typeof models>) =>
        compared(metric, candidate, baseline).interval?.low ?? 0;
      expect(low(one)).toBeLessThan(low(none));
      expect(low(one)).toBeGreaterThan(2.5 * low(none));
    },
  );

  it.each(["balanced_accuracy", "mcc", "f2"])(
    "%s: rows of the other class alone do not prove that the rare one is as before",
    (metric) => {
      const both = models([15, 0, 0, 10], [465, 2, 2, 6]);
      const { interval } = compared(metric, both.candidate, both.baseline);
      const { oneRow } = influences(metric, both);
      expect(interval?.low).toBeLessThan(-0.9 * z * z * oneRow);
    },
  );

  it("where nothing differs a metric of counts is no surer than the rows of the class that moves it most", () => {
    const { candidate, baseline } = models([15, 0, 0, 10], [465, 0, 0, 10]);
    const { interval } = compared("balanced_accuracy", candidate, baseline);
    // A row of 25 is half of 1/25.
    const rows = 50;
    expect(interval?.low).toBeCloseTo((-z * z) / (rows + z * z), 10);
  });

  it("are fewer than 30: with more of them a metric of counts is drawn, and one of ranks keeps DeLong's variance", () => {
    const many = models([300, 20, 20, 60], [1400, 20, 20, 60]);
    expect(compared("f1", many.candidate, many.baseline).method).toBe("cell-bootstrap");
    const few = models([300, 10, 10, 80], [1480, 4, 4, 12]);
    expect(compared("f1", few.candidate, few.baseline).method).toBe("few-differing");
    const draws = philoxDraws(3, 1);
    draws.restart(0);
    const scored = (count: number): Record<string, Column> => ({
      score: { type: "number", values: Float64Array.from({ length: count }, () => draws.next()) },
    });
    const [c, b] = [models([300, 0, 0, 0], [1500, 0, 0, 0], scored), models([300, 0, 0, 0], [1500, 0, 0, 0], scored)];
    expect(compared("roc_auc", c.candidate, b.candidate).method).toBe("paired-influence");
  });

  it("among slices a loss of counts is never surer than Student's t of the rows that differ, however many they are", () => {
    const both = models([300, 8, 27, 65], [1500, 4, 6, 90]);
    const alone = compared("f1", both.candidate, both.baseline);
    const among = compared("f1", both.candidate, both.baseline, { ...absolute, hypotheses: 50 });
    const { d } = influences("f1", both);
    const squares = d.reduce((sum, x) => sum + x * x, 0) * (d.length / (d.length - 1));
    const df = (2 * squares ** 2) / d.reduce((sum, x) => sum + x ** 4, 0);
    expect(df / 2).toBeGreaterThan(30);
    expect(among.method).toBe("cell-bootstrap");
    expect(among.interval).toEqual(alone.interval);
    expect(among.pLoss).toBeCloseTo(studentCdf(alone.change / Math.sqrt(squares), df), 10);
    expect(among.pLoss).toBeGreaterThan(alone.pLoss ?? 1);
  });

  it("an area of ranks is not known more closely than half of what one row of its rarer class makes", () => {
    const auc = compared("roc_auc", raisedOver(0), raisedOver(2));
    expect(auc.few?.one).toBeCloseTo(1 / 10, 12);
    expect(auc.interval?.low).toBeLessThanOrEqual(-1 / 20);
    expect(auc.interval?.high).toBeGreaterThanOrEqual(1 / 20);
  });

  it("means of row values keep their interval", () => {
    const values = (shift: number): Column => ({
      type: "number",
      values: Float64Array.from({ length: 40 }, (_, i) => 0.5 + (i === 7 ? shift : 0)),
    });
    const label = category(Array.from({ length: 40 }, (_, i) => i % 2));
    const found = compared("brier", table({ label, score: values(0.1) }, 40), table({ label, score: values(0) }, 40));
    expect(found.method).toBe("paired-influence");
    expect(found).not.toHaveProperty("few");
  });
});

/** Ten positives above all negatives but one, whose place is given. */
function raisedOver(positive: number): RowTable {
  const label = Array.from({ length: 210 }, (_, i) => (i < 10 ? 1 : 0));
  const values = Float64Array.from(label, (one, i) => (one === 1 ? 0.9 - (i === positive ? 0.41 : 0) : i / 420));
  return table({ label: category(label), score: { type: "number", values } }, label.length);
}
