import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowsTask, TaskName } from "../documents/evaluation.ts";
import type { Column, RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { measure } from "./influence.ts";
import { computableMetrics, isComputable } from "./known.ts";
import type { Measured } from "./measured.ts";

type Cells = Record<string, readonly (number | string)[]>;

function tableOf(cells: Cells): RowTable {
  const columns = new Map(
    Object.entries(cells).map(([name, values]): [string, Column] => {
      if (values.every((value) => typeof value === "number"))
        return [name, { type: "number", values: Float64Array.from(values) }];
      const names = [...new Set(values.map(String))].sort();
      return [
        name,
        { type: "category", codes: Int32Array.from(values, (value) => names.indexOf(String(value))), names },
      ];
    }),
  );
  const count = Object.values(cells)[0]?.length ?? 0;
  return { count, ids: textCells(Array.from({ length: count }, (_, i) => String(i + 1000))), columns };
}

const taskOf = (task: TaskName): RowsTask => ({ task, compute: [], slices: [] });
const quarter = (low: number, high: number) => fc.integer({ min: low * 4, max: high * 4 }).map((x) => x / 4);

const row = fc.record({
  label: fc.nat(3),
  prediction: quarter(1, 5),
  score: quarter(0, 2),
  unit: fc.nat(4).map((unit) => `u${unit}`),
  width: fc.nat(2),
  judge: fc.nat(5),
  win: fc.constantFrom(0, 0.5, 1),
  exact: fc.nat(1),
  samples: fc.integer({ min: 2, max: 6 }),
  correct: fc.nat(2),
  weight: fc.integer({ min: 1, max: 3 }),
});
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;
const rowsOf = fc.array(row, { minLength: 3, maxLength: 25 });

const column = <K extends keyof Row>(rows: readonly Row[], key: K) => rows.map((one) => one[key]);

function cellsOf(task: TaskName, rows: readonly Row[], weights: readonly number[]): Cells {
  const values = { "value:judge": column(rows, "judge"), weight: weights };
  const label = column(rows, "label").map((y) => (task === "ranking" ? y : y + 1));
  const prediction = column(rows, "prediction");
  if (task === "ranking") return { label, score: column(rows, "score"), query: column(rows, "unit"), ...values };
  if (task === "regression") return { label, prediction, ...values };
  if (task === "forecasting") {
    const upper = rows.map((one) => one.prediction + one.width);
    const scale = rows.map((one) => 1 + one.unit.length + (one.unit.codePointAt(1) ?? 0));
    return { label, prediction, series: column(rows, "unit"), lower: prediction, upper, scale, ...values };
  }
  const exact = column(rows, "exact");
  const text = { "value:exact_match": exact, "value:token_f1": column(rows, "win"), "value:win": column(rows, "win") };
  return { ...text, "value:samples": column(rows, "samples"), "value:correct": column(rows, "correct"), ...values };
}

/** Weights by row; by query in a ranking, where a query has one. */
function weightsOf(task: TaskName, rows: readonly Row[]): number[] {
  return task === "ranking" ? rows.map((one) => 1 + ((one.unit.codePointAt(1) ?? 0) % 3)) : [...column(rows, "weight")];
}

const tasks: TaskName[] = ["regression", "ranking", "text", "forecasting"];
const listed = computableMetrics().flatMap(({ name, task }) => {
  if (task === "any") return tasks.map((one) => ({ name: name.replace("latency_ms", "judge"), task: one }));
  return tasks.includes(task) ? [{ name, task }] : [];
});
const anyMetric = fc.constantFrom(...listed);
const measured = (name: string, task: TaskName, rows: readonly Row[], weights: readonly number[]) =>
  measure(name, tableOf(cellsOf(task, rows, weights)), taskOf(task));

const close = (a: number, b: number, by = 1e-9) => Math.abs(a - b) <= by * Math.max(1, Math.abs(b));
const resampled = ({ reweighted }: Measured, times: number[]) => reweighted?.(Float64Array.from(times));

describe("a metric of any task", () => {
  it.each(listed)("has a value and is listed with what it means ($task $name)", ({ name, task }) => {
    const rows: Row[] = [0, 1, 2, 3].map((i) => {
      const one = { label: i % 3, prediction: 1 + i / 2, score: i / 4, unit: `u${i % 2}`, width: 1, judge: i };
      return { ...one, win: 0.5, exact: i % 2, samples: 3, correct: 1, weight: 1 };
    });
    expect(measured(name, task, rows, weightsOf(task, rows))).toHaveProperty("value");
    expect(isComputable(name)).toBe(true);
  });

  it("has influence values that sum to 0, or none beside a value of resampled rows", () => {
    fc.assert(
      fc.property(rowsOf, anyMetric, (rows, { name, task }) => {
        const found = measured(name, task, rows, weightsOf(task, rows));
        if ("undefined" in found) {
          expect(found.undefined).toMatch(/^[a-z-]+$/);
          return;
        }
        expect(found.value).toSatisfy(Number.isFinite);
        if (found.reweighted !== undefined) {
          expect(found.influence).toHaveLength(0);
          expect(
            resampled(
              found,
              rows.map(() => 1),
            ),
          ).toBe(found.value);
          return;
        }
        expect(found.influence).toHaveLength(rows.length);
        const largest = Math.max(1, ...found.influence.map(Math.abs));
        expect(found.influence.reduce((a, b) => a + b, 0) / largest).toBeCloseTo(0, 10);
      }),
      { numRuns: 800 },
    );
  });

  it("has the influence that a little more weight shows, of a row or of a whole query", () => {
    fc.assert(
      fc.property(rowsOf, anyMetric, fc.nat(), (rows, { name, task }, pick) => {
        if (name === "mase") return;
        const weights = weightsOf(task, rows);
        const chosen = rows[pick % rows.length];
        const moves = rows.map((one) => (task === "ranking" ? one.unit === chosen?.unit : one === chosen));
        const moved = (by: number) =>
          measured(
            name,
            task,
            rows,
            weights.map((w, i) => (moves[i] ? w + by : w)),
          );
        const [found, up, down] = [moved(0), moved(1e-5), moved(-1e-5)];
        if ("undefined" in found || "undefined" in up || "undefined" in down) return;
        // RMSE has a corner at 0; ranks and quantiles have no influence values.
        if (found.reweighted !== undefined || found.value === 0) return;
        const weight = weights[pick % rows.length] ?? 0;
        const slope = ((up.value - down.value) / 2e-5) * weight;
        const influence = found.influence.reduce((sum, d, i) => sum + (moves[i] ? d : 0), 0);
        expect(Math.abs(influence - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
      }),
      { numRuns: 800 },
    );
  });

  it("counts a row of weight 2 as two rows, and a query of weight 2 as two queries", () => {
    fc.assert(
      fc.property(rowsOf, anyMetric, (rows, { name, task }) => {
        const weights = weightsOf(task, rows);
        const copies = rows.flatMap((one, i) =>
          Array.from({ length: weights[i] ?? 0 }, (_, k) =>
            task === "ranking" ? { ...one, unit: `${one.unit}-${k}` } : one,
          ),
        );
        const [weighted, doubled] = [
          measured(name, task, rows, weights),
          measured(
            name,
            task,
            copies,
            copies.map(() => 1),
          ),
        ];
        if ("undefined" in weighted || "undefined" in doubled) {
          expect(weighted).toEqual(doubled);
          return;
        }
        expect(close(weighted.value, doubled.value, 1e-11)).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  it("without influence values gives of resampled rows what it gives of a table of them", () => {
    const names = listed.filter(({ name }) => /median|max_error|^p\d/.test(name));
    fc.assert(
      fc.property(
        rowsOf,
        fc.constantFrom(...names),
        fc.array(fc.nat(2), { minLength: 25, maxLength: 25 }),
        (rows, m, all) => {
          const times = rows.map((_, i) => all[i] ?? 0);
          const found = measured(m.name, m.task, rows, weightsOf(m.task, rows));
          if ("undefined" in found) throw new Error(found.undefined);
          const drawn = rows.flatMap((one, i) => Array.from({ length: times[i] ?? 0 }, () => one));
          const again = measured(m.name, m.task, drawn, weightsOf(m.task, drawn));
          expect(resampled(found, times)).toEqual("undefined" in again ? undefined : again.value);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("does not change by a bit when it is measured on all rows by index", () => {
    fc.assert(
      fc.property(rowsOf, anyMetric, (rows, { name, task }) => {
        const table = tableOf(cellsOf(task, rows, weightsOf(task, rows)));
        const by = (at?: Int32Array) => {
          const found = measure(name, table, taskOf(task), at);
          return "undefined" in found ? found : { value: found.value, n: found.n, influence: found.influence };
        };
        expect(by(Int32Array.from(rows.keys()))).toEqual(by());
      }),
    );
  });
});

it("the scaled error moves by each series' distance from the mean over series", () => {
  const cells = { label: [0, 0, 0], prediction: [2, 4, 1], scale: [1, 1, 2], series: ["a", "a", "b"] };
  const found = measure("mase", tableOf(cells), taskOf("forecasting"));
  if ("undefined" in found) throw new Error(found.undefined);
  expect(found).toMatchObject({ value: 1.75, n: 2 });
  expect((found.influence[0] ?? 0) + (found.influence[1] ?? 0)).toBeCloseTo((3 - 1.75) / 2, 14);
  expect(found.influence[2]).toBeCloseTo((0.5 - 1.75) / 2, 14);
});

describe("a metric that its rows cannot give has the reason", () => {
  const ranking = { label: [1, 0], score: [0.5, 0.25], query: ["q", "q"] };
  const forecast = {
    label: [1, 2],
    prediction: [1, 3],
    series: ["s", "s"],
    scale: [1, 1],
    lower: [0, 0],
    upper: [2, 2],
  };
  it.each<[TaskName, string, Cells, string]>([
    ["ranking", "ndcg@10", { ...ranking, label: [1, -1] }, "negative-relevance"],
    ["ranking", "mrr", { ...ranking, weight: [1, 2] }, "weights-differ-in-query"],
    ["ranking", "map", { label: [1], score: [1] }, "no-query"],
    ["ranking", "ndcg@0", ranking, "metric-unknown"],
    ["ranking", "recall", ranking, "metric-unknown"],
    ["ranking", "mae", ranking, "metric-unknown"],
    ["forecasting", "mase", { ...forecast, scale: [0, 1] }, "scale-not-positive"],
    ["forecasting", "mase", { ...forecast, scale: [1, 2] }, "scale-differs-in-series"],
    ["forecasting", "coverage", { ...forecast, lower: [3, 0] }, "lower-above-upper"],
    ["forecasting", "interval_width", { label: [1], prediction: [1] }, "no-lower"],
    ["forecasting", "wape", { ...forecast, label: [0, 0] }, "zero-labels"],
    ["regression", "poisson_deviance", { label: [-1, 1], prediction: [1, 1] }, "negative-label"],
    ["regression", "poisson_deviance", { label: [0, 1], prediction: [0, 1] }, "prediction-not-positive"],
    ["regression", "gamma_deviance", { label: [0, 1], prediction: [1, 1] }, "label-not-positive"],
    ["regression", "explained_variance", { label: [2, 2], prediction: [1, 3] }, "constant-label"],
    ["regression", "pinball@alpha=1", { label: [2], prediction: [1] }, "metric-unknown"],
    ["regression", "p0_ae", { label: [2], prediction: [1] }, "metric-unknown"],
    ["regression", "max_error", { label: [], prediction: [] }, "no-rows"],
    ["text", "pass@3", { "value:samples": [2], "value:correct": [1] }, "fewer-samples-than-k"],
    ["text", "pass@1", { "value:samples": [2], "value:correct": [3] }, "not-a-count"],
    ["text", "win_rate", { "value:win": [0.7] }, "value-out-of-range"],
    ["text", "exact_match", { "value:judge": [1] }, "no-value-column"],
    ["text", "mean(judge)", { "value:judge": [1, Number.NaN] }, "value-missing"],
    ["classification", "p90(judge)", { label: ["a"] }, "no-value-column"],
    ["regression", "rate(judge)", { "value:judge": [1], label: [1], prediction: [1] }, "metric-unknown"],
  ])("%s %s: %#", (task, name, cells, reason) => {
    expect(measure(name, tableOf(cells), taskOf(task))).toEqual({ undefined: reason });
  });
});
