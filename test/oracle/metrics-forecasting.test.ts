import { isComputable } from "@metricgate/core/metrics/known";
import { describe, expect, it } from "vitest";
import { oracleRuns } from "./ask-python.ts";
import { type ColumnTable, compareColumns } from "./column-tables.ts";
import { cells, drawnWeights } from "./drawn-cells.ts";
import { draws } from "./draws.ts";

const metrics = "mae rmse wape smape bias mase coverage interval_width pinball@alpha=0.5 pinball@alpha=0.975".split(
  " ",
);

/** By seed: one series or many, none named, zero actuals, bounds that touch or cross, scales of 0 or that differ in a series. */
function table(seed: number): ColumnTable {
  const next = draws(seed * 32452843);
  const n = 1 + Math.floor(next() ** 2 * 150);
  const series = cells(n, () => `s${Math.floor(next() ** 2 * 12)}`);
  const scales = new Map(series.map((name) => [name, 0.1 + next() * 5]));
  const label = cells(n, () => (seed % 7 === 0 ? 0 : Math.round(next() * 40) / 4));
  const prediction = label.map((y) => (seed % 8 === 0 ? y : y + next() - 0.4));
  const lower = prediction.map((f) => (seed % 3 === 0 ? Math.round(f) : f - next()));
  const upper = lower.map((low) => low + (seed % 4 === 0 ? 0 : Math.floor(next() * 3)));
  const scale = series.map((name) => scales.get(name) ?? 1);
  if (seed % 11 === 0) scale[0] = 0;
  if (seed % 13 === 1) scale[n - 1] = 77;
  if (seed % 10 === 9) upper[0] = (lower[0] ?? 0) - 1;
  const columns = { label, prediction, lower, upper, scale, ...drawnWeights(seed, n, next) };
  return { task: "forecasting", columns: seed % 5 === 0 ? columns : { ...columns, series }, metrics };
}

describe.runIf(oracleRuns)("metrics of a forecast", () => {
  it("equal scikit-learn's, or their definition in exact fractions, series by series", () => {
    const found = compareColumns(
      "forecasting",
      cells(80, (i) => table(i + 1)),
    );
    expect(found.wrong.slice(0, 20)).toEqual([]);
    expect([...found.names].sort()).toEqual([...metrics].sort());
    expect(metrics.filter((name) => !isComputable(name))).toEqual([]);
    expect(found.count).toBeGreaterThan(600);
    expect(found.undefinedByBoth).toBeGreaterThan(20);
  }, 120_000);
});
