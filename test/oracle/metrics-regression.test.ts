import { isComputable } from "@metricgate/core/metrics/known";
import { describe, expect, it } from "vitest";
import { oracleRuns } from "./ask-python.ts";
import { type ColumnTable, compareColumns } from "./column-tables.ts";
import { cells, drawnWeights } from "./drawn-cells.ts";
import { draws } from "./draws.ts";

const metrics = [
  ..."mae mse rmse mape smape wape r2 explained_variance median_ae max_error bias".split(" "),
  ..."poisson_deviance gamma_deviance pinball@alpha=0.9 pinball@alpha=0.05 p90_ae p55_ae p99.9_ae".split(" "),
];

/** By seed: constant labels, perfect predictions, counts with zeros, negatives, tiny numbers, one row, ties among the errors. */
function table(seed: number): ColumnTable {
  const next = draws(seed * 15485863);
  const n = seed % 13 === 0 ? 1 : 2 + Math.floor(next() ** 2 * 200);
  const shape = seed % 6;
  const one = (): number => {
    if (shape === 0) return Math.floor(next() * 5);
    if (shape === 1) return 0.1 + next() * 10;
    if (shape === 2) return 1e-6 * (next() - 0.3);
    if (shape === 3) return seed % 9 === 0 ? 0.1 : 5 + next();
    return next() - 0.3;
  };
  const label = cells(n, one);
  const miss = shape === 0 ? () => 1 + Math.floor(next() * 3) : () => (shape === 2 ? 1e-6 : 1) * (next() - 0.2);
  const prediction = label.map((y) => (seed % 7 === 0 ? y : y + miss()));
  return { task: "regression", columns: { label, prediction, ...drawnWeights(seed >> 1, n, next) }, metrics };
}

describe.runIf(oracleRuns)("metrics of a regression", () => {
  it("equal scikit-learn's, or their definition in exact fractions, and are undefined where those are", () => {
    const found = compareColumns(
      "regression",
      cells(90, (i) => table(i + 1)),
    );
    expect(found.wrong.slice(0, 20)).toEqual([]);
    expect([...found.names].sort()).toEqual([...metrics].sort());
    expect(metrics.filter((name) => !isComputable(name))).toEqual([]);
    expect(found.count).toBeGreaterThan(1200);
    expect(found.undefinedByBoth).toBeGreaterThan(20);
  }, 120_000);
});
