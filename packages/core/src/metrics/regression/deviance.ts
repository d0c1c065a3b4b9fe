import type { Measured, Undefined } from "../measured.ts";
import type { Pairs } from "./pairs.ts";
import { meanLoss } from "./row-losses.ts";

/** Twice the mean of y·ln(y/f) − y + f, for counts. Equals sklearn's `mean_poisson_deviance`. */
export function poissonDeviance(pairs: Pairs): Measured | Undefined {
  if (pairs.truth.some((y) => y < 0)) return { undefined: "negative-label" };
  if (pairs.predicted.some((f) => f <= 0)) return { undefined: "prediction-not-positive" };
  return meanLoss((y, f) => 2 * ((y === 0 ? 0 : y * Math.log(y / f)) - y + f), pairs);
}

/** Twice the mean of ln(f/y) + y/f − 1, for positive labels. Equals sklearn's `mean_gamma_deviance`. */
export function gammaDeviance(pairs: Pairs): Measured | Undefined {
  if (pairs.truth.some((y) => y <= 0)) return { undefined: "label-not-positive" };
  if (pairs.predicted.some((f) => f <= 0)) return { undefined: "prediction-not-positive" };
  return meanLoss((y, f) => 2 * (Math.log(f / y) + y / f - 1), pairs);
}
