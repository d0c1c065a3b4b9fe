import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowsTask } from "../documents/evaluation.ts";
import type { Column, RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { measure } from "./influence.ts";
import { isComputable } from "./known.ts";
import type { Measured, Undefined } from "./measured.ts";

interface Row {
  label: number;
  prediction: number;
  score: number;
  weight: number;
}

const binary: RowsTask = { task: "classification", positive: "1", compute: [], slices: [] };
const regression: RowsTask = { task: "regression", compute: [], slices: [] };
const COUNTED = [
  "accuracy",
  "error_rate",
  "precision",
  "recall",
  "specificity",
  "npv",
  "fpr",
  "fnr",
  "selection_rate",
  "f1",
  "jaccard",
];
const AVERAGED = [
  "balanced_accuracy",
  "f1_macro",
  "f1_weighted",
  "precision_macro",
  "recall_weighted",
  "mcc",
  "cohen_kappa",
];
const SCORED = ["roc_auc", "average_precision", "log_loss", "brier"];
const AT_THRESHOLD = ["recall@fpr=0.1", "precision@recall=0.5"];
const NUMERIC = ["mae", "mse", "rmse", "mape", "smape", "wape", "r2"];

function number(values: number[]): Column {
  return { type: "number", values: Float64Array.from(values) };
}

function tableOf(rows: Row[], task: RowsTask, weighted: boolean): RowTable {
  const cells = (key: "label" | "prediction"): Column =>
    task.task === "regression"
      ? number(rows.map((row) => row[key] + row.score))
      : { type: "category", codes: Int32Array.from(rows, (row) => row[key]), names: ["0", "1", "2"] };
  const columns = new Map<string, Column>([
    ["label", cells("label")],
    ["prediction", cells("prediction")],
    ["score", number(rows.map((row) => row.score))],
    ...(weighted ? [["weight", number(rows.map((row) => row.weight))] as const] : []),
  ]);
  return { count: rows.length, ids: textCells(rows.map((_, i) => `r${i}`)), columns };
}

const rowsOf = fc.array(
  fc.record({
    label: fc.nat(1),
    prediction: fc.nat(2),
    score: fc.integer({ min: 0, max: 16 }).map((s) => s / 16),
    weight: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 2, maxLength: 30 },
);
const metricOf = fc.constantFrom(
  ...[...COUNTED, ...AVERAGED, ...SCORED, ...AT_THRESHOLD].map((name) => ({ name, task: binary })),
  ...NUMERIC.map((name) => ({ name, task: regression })),
);

describe("a measured metric", () => {
  it("has influence values that sum to 0 and no NaN, else a reason", () => {
    fc.assert(
      fc.property(rowsOf, metricOf, fc.boolean(), (rows, { name, task }, weighted) => {
        const found = measure(name, tableOf(rows, task, weighted), task);
        if ("undefined" in found) {
          expect(found.undefined).toMatch(/^[a-z-]+$/);
          return;
        }
        expect(found.value).toSatisfy(Number.isFinite);
        const largest = Math.max(1, ...found.influence.map(Math.abs));
        expect(found.influence.reduce((a, b) => a + b, 0) / largest).toBeCloseTo(0, 10);
      }),
      { numRuns: 600 },
    );
  });

  it("counts a row of weight 2 as two rows", () => {
    fc.assert(
      fc.property(rowsOf, metricOf, (rows, { name, task }) => {
        const weighted = measure(name, tableOf(rows, task, true), task);
        const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
        const doubled = measure(name, tableOf(repeated, task, false), task);
        if ("undefined" in weighted || "undefined" in doubled) {
          expect(weighted).toEqual(doubled);
          return;
        }
        expect(Math.abs(weighted.value - doubled.value)).toBeLessThanOrEqual(
          1e-11 * Math.max(1, Math.abs(doubled.value)),
        );
      }),
      { numRuns: 600 },
    );
  });

  it("has the influence that a little more weight of a row shows", () => {
    const smooth = [...COUNTED, ...AVERAGED, ...SCORED].map((name) => ({ name, task: binary }));
    const metric = fc.constantFrom(...smooth, ...NUMERIC.map((name) => ({ name, task: regression })));
    fc.assert(
      fc.property(rowsOf, metric, fc.nat(), (rows, { name, task }, pick) => {
        const at = pick % rows.length;
        const step = 1e-5;
        const moved = (by: number) => rows.map((row, i) => (i === at ? { ...row, weight: row.weight + by } : row));
        const found = measure(name, tableOf(rows, task, true), task);
        const [up, down] = [
          measure(name, tableOf(moved(step), task, true), task),
          measure(name, tableOf(moved(-step), task, true), task),
        ];
        if ("undefined" in found || "undefined" in up || "undefined" in down) return;
        // The influence is per unit of the row's whole weight, and RMSE has a corner at 0.
        if (found.value === 0 || Math.abs(found.value) > 1e6) return;
        const slope = ((up.value - down.value) / (2 * step)) * (rows[at]?.weight ?? 0);
        expect(Math.abs((found.influence[at] ?? 0) - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
      }),
      { numRuns: 600 },
    );
  });

  it("does not change by a bit when every row has the weight 1", () => {
    fc.assert(
      fc.property(rowsOf, metricOf, (rows, { name, task }) => {
        const same = rows.map((row) => ({ ...row, weight: 1 }));
        const numbers = (found: Measured | Undefined) =>
          "undefined" in found ? found : { value: found.value, influence: found.influence, support: found.support };
        const [plain, weighed] = [false, true].map((weighted) =>
          numbers(measure(name, tableOf(same, task, weighted), task)),
        );
        expect(plain).toEqual(weighed);
      }),
    );
  });

  it("does not change by a bit when it is measured on all rows by index", () => {
    fc.assert(
      fc.property(rowsOf, metricOf, (rows, { name, task }) => {
        const table = tableOf(rows, task, true);
        const plain = measure(name, table, task);
        const indexed = measure(
          name,
          table,
          task,
          Int32Array.from(rows, (_, i) => i),
        );
        const { fromShare: _a, ...one } = { fromShare: undefined, ...plain };
        const { fromShare: _b, ...other } = { fromShare: undefined, ...indexed };
        expect(one).toEqual(other);
      }),
    );
  });

  it("of the reversed score has 1 − AUC", () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const auc = measure("roc_auc", tableOf(rows, binary, true), binary);
        const reversed = measure(
          "roc_auc",
          tableOf(
            rows.map((row) => ({ ...row, score: -row.score })),
            binary,
            true,
          ),
          binary,
        );
        if ("undefined" in auc || "undefined" in reversed) {
          expect(auc).toEqual(reversed);
          return;
        }
        expect(auc.value + reversed.value).toBeCloseTo(1, 12);
      }),
    );
  });

  it.each([...COUNTED, ...AVERAGED, ...SCORED, ...AT_THRESHOLD, ...NUMERIC])(
    "is one that can be asked for (%s)",
    (name) => {
      expect(isComputable(name)).toBe(true);
    },
  );

  it.each(["", "accuracy ", "recall@fpr=2", "recall@fpr=", "toString", "bleu"])(
    "is not known by another name (%j)",
    (name) => {
      expect(isComputable(name)).toBe(false);
      expect(
        measure(name, tableOf([{ label: 1, prediction: 1, score: 0.5, weight: 1 }], binary, false), binary),
      ).toEqual({
        undefined: "metric-unknown",
      });
    },
  );

  it("is undefined, with the reason, on rows that do not have what it needs", () => {
    const row = { label: 0, prediction: 0, score: 0.5, weight: 1 };
    const reason = (name: string, rows: Row[], weighted = false) =>
      measure(name, tableOf(rows, binary, weighted), binary);
    expect(reason("precision", [row])).toEqual({ undefined: "no-predicted-positives" });
    expect(reason("f1", [row])).toEqual({ undefined: "no-positives" });
    expect(reason("average_precision", [row])).toEqual({ undefined: "no-positives" });
    expect(reason("log_loss", [{ ...row, score: 1.5 }])).toEqual({ undefined: "score-not-probability" });
    expect(reason("accuracy", [])).toEqual({ undefined: "no-rows" });
    expect(reason("accuracy", [{ ...row, weight: -1 }], true)).toEqual({ undefined: "negative-weight" });
    expect(reason("accuracy", [{ ...row, weight: 0 }], true)).toEqual({ undefined: "zero-weight" });
    const { columns, ...rest } = tableOf([row], binary, false);
    const without = new Map([...columns].filter(([name]) => name !== "prediction"));
    expect(measure("accuracy", { ...rest, columns: without }, binary)).toEqual({ undefined: "no-prediction" });
    const empty: Column = { type: "category", codes: Int32Array.of(0), names: ["", "1"] };
    expect(measure("accuracy", { ...rest, columns: new Map([...columns, ["label", empty]]) }, binary)).toEqual({
      undefined: "label-missing",
    });
  });
});
