import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Digest } from "../documents/digest.ts";
import type { Evaluation, RowsTask } from "../documents/evaluation.ts";
import type { GateResult } from "../documents/verdict.ts";
import { metricsFromRows } from "../metrics/from-rows.ts";
import type { GateEntry } from "../policy/schema.ts";
import type { Column, RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { decide } from "./decide.ts";
import type { Side } from "./decide-input.ts";

const up = ["accuracy", "precision", "recall", "f1", "jaccard", "f1_macro", "mcc", "cohen_kappa", "roc_auc"];
const asked = [...up, "average_precision", "log_loss", "brier", "mae", "rmse", "r2", "wape"];
const down = ["log_loss", "brier", "mae", "rmse", "wape"];

interface Row {
  label: number;
  weight: number;
  /** Prediction and score of either model. */
  a: [number, number];
  b: [number, number];
}

type Model = "a" | "b";

const cell = fc.tuple(
  fc.nat(1),
  fc.integer({ min: 0, max: 16 }).map((s) => s / 16),
);
const rowsOf = fc.array(fc.record({ label: fc.nat(1), weight: fc.integer({ min: 1, max: 3 }), a: cell, b: cell }), {
  minLength: 4,
  maxLength: 40,
});
const metricOf = fc.constantFrom(...asked);

function taskOf(metric: string): RowsTask {
  const regression = ["mae", "rmse", "r2", "wape"].includes(metric);
  return regression
    ? { task: "regression", compute: [metric], slices: [] }
    : { task: "classification", positive: "1", classes: ["0", "1"], compute: [metric], slices: [] };
}

function tableOf(rows: readonly Row[], model: Model, task: RowsTask, weighted: boolean): RowTable {
  const number = (values: number[]): Column => ({ type: "number", values: Float64Array.from(values) });
  const category = (codes: number[]): Column => ({
    type: "category",
    codes: Int32Array.from(codes),
    names: ["0", "1"],
  });
  const columns = new Map<string, Column>(
    task.task === "regression"
      ? [
          ["label", number(rows.map((row) => row.label + 1))],
          ["prediction", number(rows.map((row) => row[model][0] + row[model][1]))],
        ]
      : [
          ["label", category(rows.map((row) => row.label))],
          ["prediction", category(rows.map((row) => row[model][0]))],
          ["score", number(rows.map((row) => row[model][1]))],
        ],
  );
  if (weighted) columns.set("weight", number(rows.map((row) => row.weight)));
  return { count: rows.length, ids: textCells(rows.map((_, i) => String(i).padStart(6, "0"))), columns };
}

const digestOf = (n: number): Digest => `sha256:${String(n).repeat(64)}`;

function sideOf(rows: RowTable, task: RowsTask, n: number): Side {
  const document: Evaluation = {
    kind: "metricgate/evaluation@1",
    model: { name: "m" },
    source: {},
    evalSet: { digest: digestOf(9) },
    metrics: metricsFromRows(rows, task, { level: 0.95 }),
    rows: { file: "rows.csv", digest: digestOf(n), count: rows.count, task },
  };
  return { received: { document, digest: digestOf(n) }, rows };
}

/** The results of gates over two tables, from the values measured in them. */
function judged(candidate: RowTable, baseline: RowTable, task: RowsTask, gates: GateEntry[]): GateResult[] {
  const policy = { changedHere: false, advisory: false };
  const document = {
    kind: "metricgate/selection@1" as const,
    model: "m",
    baseline: { evaluation: digestOf(2), from: "base" },
    policy,
  };
  return decide({
    candidate: sideOf(candidate, task, 1),
    baseline: sideOf(baseline, task, 2),
    selection: { document, digest: digestOf(3) },
    policy: { version: 1, models: { m: { gates } } },
  }).gates;
}

const lossKey = (metric: string) => (down.includes(metric) ? "max-rise" : "max-drop");
const noRegression = (metric: string, margin: number): GateEntry => ({ metric, [lossKey(metric)]: margin });

describe("tables, from the rows to the outcome", () => {
  it("swapping the models negates the change, mirrors the interval, and never fails both ways", () => {
    fc.assert(
      fc.property(rowsOf, metricOf, fc.boolean(), (rows, metric, weighted) => {
        const task = taskOf(metric);
        const [a, b] = [tableOf(rows, "a", task, weighted), tableOf(rows, "b", task, weighted)];
        const gates = [noRegression(metric, 0)];
        const [there] = judged(a, b, task, gates);
        const [back] = judged(b, a, task, gates);
        if (there?.change === undefined || back?.change === undefined) {
          expect(there?.change).toBe(back?.change);
          expect([there?.outcome, back?.outcome]).not.toContain("pass");
          return;
        }
        expect(there.change + back.change).toBe(0);
        expect((there.interval?.low ?? 0) + (back.interval?.high ?? 0)).toBe(0);
        expect((there.interval?.high ?? 0) + (back.interval?.low ?? 0)).toBe(0);
        expect([there.outcome, back.outcome]).not.toEqual(["fail", "fail"]);
        if (there.outcome === "fail") expect(back.outcome).toBe("pass");
      }),
      { numRuns: 200 },
    );
  });

  it("a row of weight 2 counts as two rows: the same values and the same change", () => {
    let compared = 0;
    fc.assert(
      fc.property(rowsOf, metricOf, (rows, metric) => {
        const task = taskOf(metric);
        const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
        const gates = [noRegression(metric, 0.1)];
        const of = (given: Row[], weighted: boolean) =>
          judged(tableOf(given, "a", task, weighted), tableOf(given, "b", task, weighted), task, gates)[0];
        const [weights, rowByRow] = [of(rows, true), of(repeated, false)];
        for (const key of ["candidate", "baseline", "change"] as const) {
          const [found, expected] = [weights?.[key], rowByRow?.[key]];
          // Few rows may have a value whose uncertainty has none, in the bootstrap of rows as much as by influence.
          if (found === undefined || expected === undefined) continue;
          compared++;
          expect(Math.abs(found - expected)).toBeLessThan(1e-11 * Math.max(1, Math.abs(expected)));
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(600);
  });

  it("a row of weight 2 is as sure as two rows of one group: the same interval and p", () => {
    let [compared, alike, few] = [0, 0, 0];
    fc.assert(
      fc.property(rowsOf, metricOf, (rows, metric) => {
        const task = taskOf(metric);
        // Without the group two rows would be two independent observations, which a weight is not.
        const repeated = rows.flatMap((row, i) => Array.from({ length: row.weight }, () => ({ row, i })));
        const names = rows.map((_, i) => String(i));
        const grouped = (model: Model): RowTable => {
          const table = tableOf(
            repeated.map(({ row }) => row),
            model,
            task,
            false,
          );
          const codes = Int32Array.from(repeated, ({ i }) => i);
          return { ...table, columns: new Map([...table.columns, ["group", { type: "category", codes, names }]]) };
        };
        const gates = [noRegression(metric, 0.1)];
        const [weights] = judged(tableOf(rows, "a", task, true), tableOf(rows, "b", task, true), task, gates);
        const [groups] = judged(grouped("a"), grouped("b"), task, gates);
        if (weights?.interval?.method === "tango" && groups?.interval?.method === "tango") {
          // Where no row differs the width is that of a share of so many units, of weights by Kish's effective number: never narrower.
          alike++;
          expect(weights.interval.high).toBeGreaterThanOrEqual(groups.interval.high - 1e-12);
          expect(weights.interval.low).toBeLessThanOrEqual(groups.interval.low + 1e-12);
          return;
        }
        if (weights?.interval?.method === "few-differing" && groups?.interval !== undefined) {
          // So is the half of what one row of the rarer class makes.
          few++;
          expect(weights.interval.high).toBeGreaterThanOrEqual(groups.interval.high - 1e-12);
          expect(weights.interval.low).toBeLessThanOrEqual(groups.interval.low + 1e-12);
          expect(weights.p ?? -1).toBeCloseTo(groups.p ?? -1, 7);
          return;
        }
        expect(weights?.outcome).toBe(groups?.outcome);
        const numbers = (found: GateResult | undefined) => [found?.interval?.low, found?.interval?.high, found?.p];
        const expected = numbers(groups);
        for (const [at, found] of numbers(weights).entries()) {
          const other = expected[at];
          expect(typeof found).toBe(typeof other);
          if (found === undefined || other === undefined) continue;
          compared++;
          expect(Math.abs(found - other)).toBeLessThan(1e-7 * Math.max(1, Math.abs(other)));
        }
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(200);
    expect(Math.min(alike, few)).toBeGreaterThan(0);
  });

  it("no rule passes when a cell that its metric is made of is not finite", () => {
    const bad = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const scored = ["roc_auc", "average_precision", "log_loss", "brier", "mae", "rmse", "r2", "wape"];
    const broken = fc.constantFrom<Model>("a", "b");
    fc.assert(
      fc.property(rowsOf, fc.constantFrom(...scored), bad, broken, fc.nat(), (rows, metric, value, where, pick) => {
        const task = taskOf(metric);
        const tables = { a: tableOf(rows, "a", task, false), b: tableOf(rows, "b", task, false) };
        const column = tables[where].columns.get(task.task === "regression" ? "prediction" : "score");
        if (column?.type !== "number") throw new RangeError(`${metric} has no numbers`);
        column.values[pick % rows.length] = value;
        const ofBoth: GateEntry[] = [
          noRegression(metric, 0.5),
          { metric, "min-gain": 0 },
          { metric, "max-change": 10 },
        ];
        // A floor, a ceiling and a target ask the candidate alone.
        const ofCandidate: GateEntry[] = [
          { metric, min: -10 },
          { metric, max: 10 },
          { metric, "max-off": 10, direction: "near", target: 0.5 },
        ];
        const gates = where === "a" ? [...ofBoth, ...ofCandidate] : ofBoth;
        const found = judged(tables.a, tables.b, task, gates);
        expect(found.length).toBeGreaterThanOrEqual(gates.length);
        expect(found.filter(({ outcome }) => outcome === "pass").map(({ id }) => id)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
