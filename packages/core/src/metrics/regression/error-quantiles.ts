import { effectiveRows } from "../../statistics/effective-rows.ts";
import type { Measured, Undefined } from "../measured.ts";
import { quantileOf } from "../quantile-of-values.ts";
import { absoluteErrors, type Pairs } from "./pairs.ts";

/** The share (0 to 1) whose quantile of |y − f| is asked for: `median_ae`, or `p90_ae` and the like. */
export function parseErrorQuantile(name: string): number | undefined {
  if (name === "median_ae") return 0.5;
  const percent = Number(/^p(\d{1,2}(?:\.\d+)?)_ae$/.exec(name)?.[1]);
  return percent > 0 ? percent / 100 : undefined;
}

/** The quantile of |y − f| at `share`. The median equals sklearn's `median_absolute_error`. */
export function errorQuantile(share: number, pairs: Pairs): Measured | Undefined {
  return quantileOf(absoluteErrors(pairs), pairs.weights, share);
}

/** The largest |y − f| of a row that weighs anything. Equals sklearn's `max_error`. */
export function maxError(pairs: Pairs): Measured | Undefined {
  const errors = absoluteErrors(pairs);
  if (errors.length === 0) return { undefined: "no-rows" };
  const largest = (times: Float64Array) => {
    let found = -1;
    errors.forEach((error, i) => {
      if ((times[i] ?? 0) > 0 && (pairs.weights[i] ?? 0) > 0) found = Math.max(found, error);
    });
    return found < 0 ? undefined : found;
  };
  const value = largest(pairs.weights);
  if (value === undefined) return { undefined: "zero-weight" };
  return {
    value,
    n: errors.length,
    influence: new Float64Array(0),
    kind: "ratio",
    reweighted: largest,
    support: effectiveRows(pairs.weights),
  };
}
