import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowsTask } from "../../documents/evaluation.ts";
import type { Column, RowTable } from "../../tables/row-table.ts";
import { textCells } from "../../tables/text-cells.ts";
import { measure } from "../influence.ts";
import { computableMetrics, isComputable } from "../known.ts";
import type { Measured, Undefined } from "../measured.ts";
import { undefinedReasons } from "../undefined-reasons.ts";
import { calibrationFloor } from "./calibration-floor.ts";

interface Row {
  label: number;
  prediction: number;
  raw: [number, number, number];
  weight: number;
}

const NAMES = ["0", "1", "2"];
const base = { task: "classification" as const, compute: [], slices: [] };
const TASKS: Record<"binary" | "several" | "multilabel", RowsTask> = {
  binary: { ...base, positive: "1" },
  several: base,
  multilabel: { ...base, multilabel: true },
};
type Kind = keyof typeof TASKS;

const number = (values: number[]): Column => ({ type: "number", values: Float64Array.from(values) });
const category = (codes: number[]): Column => ({ type: "category", codes: Int32Array.from(codes), names: NAMES });
/** The bits of a label as flags: 1 → the first class, 2 → the second, 3 → both. */
const flag = (code: number, k: number) => ((code + 1) >> k) & 1;

function tableOf(rows: Row[], kind: Kind, weighted: boolean): RowTable {
  const share = (row: Row, k: number) => (row.raw[k] ?? 0) / row.raw.reduce((a, b) => a + b, 0);
  const columns = new Map<string, Column>();
  if (kind === "multilabel") {
    for (const k of [0, 1]) {
      columns.set(`label:${k}`, number(rows.map((row) => flag(row.label, k))));
      columns.set(`prediction:${k}`, number(rows.map((row) => flag(row.prediction, k))));
      columns.set(`score:${k}`, number(rows.map((row) => share(row, k))));
    }
  } else {
    columns.set("label", category(rows.map((row) => row.label)));
    columns.set("prediction", category(rows.map((row) => row.prediction)));
    if (kind === "binary") columns.set("score", number(rows.map((row) => share(row, 0))));
    for (const k of [0, 1, 2]) columns.set(`score:${k}`, number(rows.map((row) => share(row, k))));
  }
  if (weighted) columns.set("weight", number(rows.map((row) => row.weight)));
  return { count: rows.length, ids: textCells(rows.map((_, i) => `r${i}`)), columns };
}

const raw = fc.integer({ min: 1, max: 8 });
const rowsOf = fc.array(
  fc.record({
    label: fc.nat(2),
    prediction: fc.nat(2),
    raw: fc.tuple(raw, raw, raw),
    weight: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 2, maxLength: 40 },
);
const listed = computableMetrics().filter(({ task }) => task === "classification");
const names = [
  ...listed.map(({ name }) => name),
  "f0.5_weighted",
  "f2_samples",
  "top1_accuracy",
  "recall@threshold=0.25",
];
const asked = fc.record({
  name: fc.constantFrom(...names),
  kind: fc.constantFrom<Kind>("binary", "several", "multilabel"),
});

const reasonOf = (found: Measured | Undefined) => ("undefined" in found ? found.undefined : "");

it("averages over classes that only the other side has count them as never there, as scikit-learn does with the list of both", () => {
  const flags = (values: Record<string, number[]>): RowTable => ({
    count: 4,
    ids: textCells(["1", "2", "3", "4"]),
    columns: new Map(
      Object.entries(values).map(([name, cells]) => [name, { type: "number", values: Float64Array.from(cells) }]),
    ),
  });
  const own = {
    "label:a": [1, 1, 0, 0],
    "prediction:a": [1, 0, 0, 1],
    "label:b": [0, 1, 1, 0],
    "prediction:b": [0, 1, 1, 1],
  };
  const zero = { "label:z": [0, 0, 0, 0], "prediction:z": [0, 0, 0, 0] };
  const task = TASKS.multilabel;
  for (const metric of ["f1_macro", "f1_micro", "f1_weighted", "f1_samples", "hamming_loss", "accuracy"]) {
    const shared = measure(metric, flags(own), task, undefined, { classes: ["a", "b", "z"] });
    const written = measure(metric, flags({ ...own, ...zero }), task);
    expect("value" in shared && shared.value, metric).toBe("value" in written && written.value);
    expect("influence" in shared && shared.influence, metric).toEqual("influence" in written && written.influence);
  }
});

describe("a metric of a classification", () => {
  it("lies in its range, or has a reason that is explained; influence values sum to 0", () => {
    let measured = 0;
    fc.assert(
      fc.property(rowsOf, asked, fc.boolean(), (rows, { name, kind }, weighted) => {
        const found = measure(name, tableOf(rows, kind, weighted), TASKS[kind]);
        if ("undefined" in found) {
          expect(undefinedReasons.has(found.undefined), found.undefined).toBe(true);
          return;
        }
        measured++;
        const about = listed.find((metric) => metric.name === name);
        expect(found.value).toBeGreaterThanOrEqual((about?.low ?? 0) - 1e-12);
        expect(found.value).toBeLessThanOrEqual((about?.high ?? 1) + 1e-12);
        const largest = Math.max(1, ...found.influence.map(Math.abs));
        expect(found.influence.reduce((a, b) => a + b, 0) / largest).toBeCloseTo(0, 11);
        expect(found.influence.length).toBe(found.reweighted === undefined ? rows.length : 0);
        expect(found.support).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
    expect(measured).toBeGreaterThan(500);
  });

  it("changes with a little more weight of a row as its influence says", () => {
    let compared = 0;
    fc.assert(
      fc.property(rowsOf, asked, fc.nat(), (rows, { name, kind }, pick) => {
        const at = pick % rows.length;
        const step = 1e-6;
        const valueWith = (by: number) =>
          measure(
            name,
            tableOf(
              rows.map((row, i) => (i === at ? { ...row, weight: row.weight + by } : row)),
              kind,
              true,
            ),
            TASKS[kind],
          );
        const found = measure(name, tableOf(rows, kind, true), TASKS[kind]);
        const [up, down] = [valueWith(step), valueWith(-step)];
        // The best threshold may be another with other weights; it counts as fixed.
        if ("undefined" in found || "undefined" in up || "undefined" in down || found.fixedThreshold) return;
        if (found.reweighted !== undefined) {
          const times = new Float64Array(rows.length).fill(1);
          expect(found.reweighted(times)).toBeCloseTo(found.value, 14);
          times[at] = 1 + step / (rows[at]?.weight ?? 1);
          expect(found.reweighted(times)).toBeCloseTo(up.value, 12);
          return;
        }
        compared++;
        const slope = ((up.value - down.value) / (2 * step)) * (rows[at]?.weight ?? 0);
        expect(Math.abs((found.influence[at] ?? 0) - slope), name).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it("counts a row of weight 2 as two rows, and has the same value for rows in any order to the last bit when they have no weights", () => {
    fc.assert(
      fc.property(rowsOf, asked, fc.nat(1000), (rows, { name, kind }, seed) => {
        const weighted = measure(name, tableOf(rows, kind, true), TASKS[kind]);
        const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
        const plain = measure(name, tableOf(repeated, kind, false), TASKS[kind]);
        expect(reasonOf(weighted)).toBe(reasonOf(plain));
        if ("undefined" in weighted || "undefined" in plain) return;
        expect(weighted.value).toBeCloseTo(plain.value, 12);
        const order = repeated.map((row, i) => ({ row, key: Math.sin(seed + i) })).sort((a, b) => a.key - b.key);
        const moved = measure(
          name,
          tableOf(
            order.map(({ row }) => row),
            kind,
            false,
          ),
          TASKS[kind],
        );
        // Sums of row values that are no dyadic fractions round by their order.
        const exact = plain.cells !== undefined || ["roc_auc", "average_precision"].includes(name);
        if (exact) expect(moved).toMatchObject({ value: plain.value });
        else expect("undefined" in moved ? Number.NaN : moved.value).toBeCloseTo(plain.value, 13);
      }),
      { numRuns: 1500 },
    );
  });

  it("has by its cells the value that the rows with those counts have", () => {
    let compared = 0;
    fc.assert(
      fc.property(
        rowsOf,
        asked,
        fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }),
        (rows, { name, kind }, draws) => {
          const found = measure(name, tableOf(rows, kind, false), TASKS[kind]);
          if ("undefined" in found || found.cells === undefined) return;
          const { of, size, slopes, value } = found.cells;
          expect(of.length).toBe(rows.length);
          expect(found.influence).toEqual(Float64Array.from(of, (cell) => slopes[cell] ?? Number.NaN));
          expect(Math.max(...of)).toBeLessThan(size);
          const counts = new Float64Array(size);
          rows.forEach((_, i) => {
            counts[of[i] ?? 0] = (counts[of[i] ?? 0] ?? 0) + (draws[i] ?? 0);
          });
          const drawn = rows.flatMap((row, i) => Array.from({ length: draws[i] ?? 0 }, () => row));
          const classes = ["0", "1", "2"].filter((name) =>
            rows.some((row) => [NAMES[row.label], NAMES[row.prediction]].includes(name)),
          );
          const again = measure(name, tableOf(drawn, kind, false), TASKS[kind], undefined, { classes });
          const byCells = value(counts);
          if ("undefined" in again) expect(byCells).toBeUndefined();
          else {
            compared++;
            expect(byCells).toBeCloseTo(again.value, 13);
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(300);
  });
});

describe("averages over classes", () => {
  const row = (label: number, prediction: number): Row => ({ label, prediction, raw: [1, 1, 1], weight: 1 });
  // scikit-learn: 4/9 over the classes that occur, 1/3 with a fourth one that is listed.
  const table = tableOf([row(0, 0), row(0, 1), row(1, 1), row(1, 1), row(2, 1)], "several", false);
  const macroF1 = (...rest: [Int32Array?, Parameters<typeof measure>[4]?]) => {
    const found = measure("f1_macro", table, base, ...rest);
    return "undefined" in found ? found.undefined : found.value;
  };

  it("count a class that only the other side has as 0, or leave it out when told", () => {
    expect(macroF1(undefined, { classes: ["0", "1", "2", "3"] })).toBeCloseTo(1 / 3, 12);
    expect(macroF1(undefined, { classes: ["3"] })).toBeCloseTo(1 / 3, 12);
    expect(macroF1(undefined, { classes: ["3"], absentClass: "ignore" })).toBeCloseTo(4 / 9, 12);
  });

  it("leave a class out in a slice that has no row of it, unless told to count it", () => {
    const first = Int32Array.of(0, 1, 2, 3);
    expect(macroF1(first)).toBeCloseTo((2 / 3 + 4 / 5) / 2, 12);
    expect(macroF1(first, { absentClass: "zero" })).toBeCloseTo((2 / 3 + 4 / 5) / 3, 12);
  });
});

it.each(
  "f01 f1.0 f f0 f-1 f1e3 f1001 top0_accuracy top01_accuracy top1.5_accuracy ece@bins=0 ece@bins=1.5 ece@bins= mce@bins=99999 recall@threshold=1e999 recall@threshold=-0 recall@threshold= f01@threshold=0.5 mcc@threshold=0.5 recall@threshold=0.5@threshold=0.5 recall@fpr=01 recall@fpr=.5 recall@fpr=1.01 precision@recall=-0.1 accuracy_macro f1_micro_macro".split(
    " ",
  ),
)("%s is no metric", (name) => {
  expect(isComputable(name)).toBe(false);
  expect(measure(name, tableOf([], "binary", false), TASKS.binary)).toEqual({ undefined: "metric-unknown" });
});

it("the same name means the same for the highest score and for the threshold that it keeps", () => {
  const rows = [1, 2, 3, 4].map((k): Row => ({ label: k % 2, prediction: 0, raw: [k, 1, 1], weight: 1 }));
  const table = tableOf(rows, "binary", false);
  const at = measure("recall@threshold=0.5", table, TASKS.binary);
  expect(at).toMatchObject({ value: 0.5, trials: 2, successes: 1, kind: "rate" });
});

it.each([
  ["one label", "roc_auc_ovr", "several", [[0, 0]], "one-class"],
  [
    "two labels of three",
    "average_precision_macro",
    "several",
    [
      [0, 0],
      [1, 0],
    ],
    "absent-class",
  ],
  ["one label", "roc_auc_ovo", "several", [[0, 0]], "one-class"],
  [
    "constant predictions",
    "mcc",
    "several",
    [
      [0, 0],
      [1, 0],
    ],
    "one-predicted-class",
  ],
  ["one label and prediction", "cohen_kappa", "several", [[1, 1]], "one-class"],
  ["as many places as classes", "top3_accuracy", "several", [[1, 1]], "k-not-below-classes"],
  ["one class to a row", "f1_samples", "several", [[1, 1]], "not-multilabel"],
  ["any number of classes to a row", "precision", "multilabel", [[1, 1]], "not-of-multilabel"],
  ["no flag set", "precision_micro", "multilabel", [[-1, -1]], "no-predicted-positives"],
  ["a positive class unnamed", "f1", "several", [[1, 1]], "no-positive-class"],
] as const)("%s: %s is undefined for a reason", (_, name, kind, pairs, reason) => {
  const rows = pairs.map(([label, prediction]): Row => ({ label, prediction, raw: [1, 1, 1], weight: 1 }));
  expect(measure(name, tableOf([...rows], kind, false), TASKS[kind])).toEqual({ undefined: reason });
});

it("what a table lacks is the reason", () => {
  const full = tableOf([{ label: 1, prediction: 1, raw: [1, 2, 1], weight: 1 }], "several", false);
  const without = (gone: string, put?: [string, Column]): RowTable => ({
    ...full,
    columns: new Map([...[...full.columns].filter(([name]) => !name.startsWith(gone)), ...(put ? [put] : [])]),
  });
  const reason = (name: string, rows: RowTable, task: RowsTask = base) => reasonOf(measure(name, rows, task));
  expect(reason("brier_multiclass", without("score:"))).toBe("no-score");
  expect(reason("brier_multiclass", without("score:1"))).toBe("no-score");
  expect(reason("brier_multiclass", without("score:0"))).toBe("score-not-probability");
  expect(reason("log_loss", without("score:0", ["score:0", number([1.5])]))).toBe("score-not-probability");
  expect(reason("roc_auc_ovr", without("score:0", ["score:0", number([Number.NaN])]))).toBe("score-not-finite");
  expect(reason("roc_auc", without("score:1"), TASKS.binary)).toBe("no-score");
  expect(reason("f1_macro", full, TASKS.multilabel)).toBe("no-label");
  expect(reason("f1_macro", without("", ["label:a", number([2])]), TASKS.multilabel)).toBe("flag-not-binary");
});

it("weighted kappas take classes that are numbers in the order of numbers", () => {
  const of = (names: string[]): RowTable => ({
    count: 4,
    ids: textCells([]),
    columns: new Map<string, Column>([
      ["label", { type: "category", codes: Int32Array.of(0, 1, 2, 2), names }],
      ["prediction", { type: "category", codes: Int32Array.of(0, 2, 2, 1), names }],
    ]),
  });
  const value = (names: string[]) => {
    const found = measure("cohen_kappa_quadratic", of(names), base);
    return "undefined" in found ? Number.NaN : found.value;
  };
  // Sorted by code point, as a table has them: 10 before 2 and 9.
  expect(value(["10", "2", "9"])).toBeCloseTo(value(["c", "a", "b"]), 12);
  expect(value(["10", "2", "9"])).not.toBeCloseTo(value(["a", "b", "c"]), 3);
});

it("the calibration floor of few rows is far above that of many, and is the same for the same seed", () => {
  const rows = (n: number): RowTable => ({
    count: n,
    ids: textCells([]),
    columns: new Map<string, Column>([
      ["label", category(Array.from({ length: n }, (_, i) => i % 2))],
      ["score", number(Array.from({ length: n }, (_, i) => ((i * 37) % 101) / 100))],
    ]),
  });
  const floor = (n: number, metric = "ece") => Number(calibrationFloor(metric, rows(n), TASKS.binary, { seed: 1 }));
  // What the reference measured for such scores: 0.089 of 200 rows, 0.039 of 1,000.
  expect(floor(200)).toBeGreaterThan(0.05);
  expect(floor(200)).toBeLessThan(0.12);
  expect(floor(1000)).toBeLessThan(floor(200) / 1.8);
  expect(floor(200, "mce")).toBeGreaterThan(floor(200));
  expect(floor(200)).toBe(floor(200));
  expect(calibrationFloor("f1", rows(10), TASKS.binary, { seed: 1 })).toEqual({ undefined: "metric-unknown" });
});
