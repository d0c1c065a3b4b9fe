import { effectiveRows } from "../../statistics/effective-rows.ts";
import { sumOf } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { numbersOf, weightsOf } from "../columns.ts";
import type { Measured, Undefined } from "../measured.ts";
import { rowMean } from "../row-mean.ts";

/** Label, prediction and weight of each row. */
export interface Pairs {
  truth: Float64Array;
  predicted: Float64Array;
  weights: Float64Array;
}

/** The numbers of a regression, or why there are none. */
export function pairsOf(rows: RowTable, at: Int32Array | undefined): Pairs | Undefined {
  const truth = numbersOf(rows, "label", at);
  if ("undefined" in truth) return truth;
  const predicted = numbersOf(rows, "prediction", at);
  if ("undefined" in predicted) return predicted;
  const weights = weightsOf(rows, at);
  return "undefined" in weights ? weights : { truth, predicted, weights };
}

const EPSILON = 2 ** -52;

/** The row values whose mean is the metric; all equal sklearn's of that name, but smape (0 to 2; 0/0 is 0), which it has not. */
export const ROW_LOSSES: ReadonlyMap<string, (y: number, f: number) => number> = new Map([
  ["mae", (y: number, f: number) => Math.abs(y - f)],
  ["mse", (y: number, f: number) => (y - f) ** 2],
  ["mape", (y: number, f: number) => Math.abs(y - f) / Math.max(Math.abs(y), EPSILON)],
  ["smape", (y: number, f: number) => (y === f ? 0 : (2 * Math.abs(y - f)) / (Math.abs(y) + Math.abs(f)))],
]);

/** The weighted mean of a row loss. */
export function meanLoss(
  loss: (y: number, f: number) => number,
  { truth, predicted, weights }: Pairs,
): Measured | Undefined {
  return rowMean(
    truth.map((y, i) => loss(y, predicted[i] ?? 0)),
    weights,
  );
}

/** The root of the mean squared error. Equals sklearn's `root_mean_squared_error`. */
export function rmse(pairs: Pairs): Measured | Undefined {
  const mse = meanLoss((y, f) => (y - f) ** 2, pairs);
  if ("undefined" in mse) return mse;
  const value = Math.sqrt(mse.value);
  return { ...mse, kind: "ratio", value, influence: mse.influence.map((d) => (value === 0 ? 0 : d / (2 * value))) };
}

/** Numerator and denominator by row, as a ratio of sums with its influence. */
function ratio(above: Float64Array, below: Float64Array, weights: Float64Array, empty: string): Measured | Undefined {
  const n = above.length;
  if (n === 0) return { undefined: "no-rows" };
  const total = sumOf(n, (i) => (below[i] ?? 0) * (weights[i] ?? 0));
  if (total === 0) return { undefined: empty };
  const value = sumOf(n, (i) => (above[i] ?? 0) * (weights[i] ?? 0)) / total;
  if (!Number.isFinite(value)) return { undefined: "not-finite" };
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    influence[i] = (((above[i] ?? 0) - value * (below[i] ?? 0)) * (weights[i] ?? 0)) / total;
  }
  return { value, n, influence, kind: "ratio", support: effectiveRows(weights) };
}

/** Σ|y − f| / Σ|y|. */
export function wape({ truth, predicted, weights }: Pairs): Measured | Undefined {
  const errors = truth.map((y, i) => Math.abs(y - (predicted[i] ?? 0)));
  return ratio(
    errors,
    truth.map((y) => Math.abs(y)),
    weights,
    "zero-labels",
  );
}

/** The coefficient of determination, at most 1. Equals sklearn's `r2_score`; a constant label or fewer than two rows is a reason. */
export function r2({ truth, predicted, weights }: Pairs): Measured | Undefined {
  const n = truth.length;
  if (n < 2) return { undefined: "too-few-rows" };
  const total = sumOf(n, (i) => weights[i] ?? 0);
  const mean = sumOf(n, (i) => (truth[i] ?? 0) * (weights[i] ?? 0)) / total;
  // A constant label whose mean rounds must not count as varying.
  if (truth.every((y) => y === truth[0])) return { undefined: "constant-label" };
  const unexplained = ratio(
    truth.map((y, i) => (y - (predicted[i] ?? 0)) ** 2),
    truth.map((y) => (y - mean) ** 2),
    weights,
    "constant-label",
  );
  if ("undefined" in unexplained) return unexplained;
  return { ...unexplained, value: 1 - unexplained.value, influence: unexplained.influence.map((d) => -d) };
}
