import type { RowTable } from "../../tables/row-table.ts";
import { rateOf } from "../classification/rates.ts";
import { numbersOf, weightsOf } from "../columns.ts";
import type { Measured, Undefined } from "../measured.ts";
import { rowMean } from "../row-mean.ts";

interface Bounds {
  lower: Float64Array;
  upper: Float64Array;
  weights: Float64Array;
}

/** The columns `lower` and `upper`; a reason when one is missing or a lower bound lies above its upper one. */
function boundsOf(rows: RowTable, at: Int32Array | undefined): Bounds | Undefined {
  const lower = numbersOf(rows, "lower", at);
  if ("undefined" in lower) return lower;
  const upper = numbersOf(rows, "upper", at);
  if ("undefined" in upper) return upper;
  const weights = weightsOf(rows, at);
  if ("undefined" in weights) return weights;
  if (lower.some((low, i) => low > (upper[i] ?? 0))) return { undefined: "lower-above-upper" };
  return { lower, upper, weights };
}

/** The share of rows whose label lies within [lower, upper], bounds included. */
export function coverage(rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const truth = numbersOf(rows, "label", at);
  if ("undefined" in truth) return truth;
  const bounds = boundsOf(rows, at);
  if ("undefined" in bounds) return bounds;
  const { lower, upper, weights } = bounds;
  const outcomes = Int8Array.from(truth, (y, i) => (y >= (lower[i] ?? 0) && y <= (upper[i] ?? 0) ? 1 : 0));
  return rateOf(outcomes, weights, !rows.columns.has("weight"), "no-rows");
}

/** The mean of upper − lower. */
export function intervalWidth(rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const bounds = boundsOf(rows, at);
  if ("undefined" in bounds) return bounds;
  const { lower, upper, weights } = bounds;
  return rowMean(
    upper.map((high, i) => high - (lower[i] ?? 0)),
    weights,
  );
}
