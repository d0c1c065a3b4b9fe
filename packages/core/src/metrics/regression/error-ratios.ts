import type { Measured, Undefined } from "../measured.ts";
import { ratioOfSums } from "../ratio-of-sums.ts";
import { absoluteErrors, type Pairs } from "./pairs.ts";
import { meanLoss } from "./row-losses.ts";

/** The root of the mean squared error. Equals sklearn's `root_mean_squared_error`. */
export function rmse(pairs: Pairs): Measured | Undefined {
  const mse = meanLoss((y, f) => (y - f) ** 2, pairs);
  if ("undefined" in mse) return mse;
  const value = Math.sqrt(mse.value);
  return { ...mse, kind: "ratio", value, influence: mse.influence.map((d) => (value === 0 ? 0 : d / (2 * value))) };
}

/** Σ|y − f| / Σ|y|; labels that are all 0 are a reason. */
export function wape(pairs: Pairs): Measured | Undefined {
  return ratioOfSums(absoluteErrors(pairs), pairs.truth.map(Math.abs), pairs.weights, "zero-labels");
}
