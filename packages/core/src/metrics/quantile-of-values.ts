import { effectiveRows } from "../statistics/effective-rows.ts";
import type { Measured, Undefined } from "./measured.ts";
import { descending } from "./order.ts";

/** Sums of weights that differ by less than this share of all are the same place. */
const SAME = 1e-12;

/**
 * The quantile of weighted values at `share` (0 to 1): type 2 of Hyndman and Fan (1996), the middle of two values where the share falls between
 * them. A weight of 2 is two values; weights of 0 count nothing. Equals numpy's `averaged_inverted_cdf`, and for the median that of
 * scikit-learn's weighted median. It has no influence values.
 */
export function quantileOf(values: Float64Array, weights: Float64Array, share: number): Measured | Undefined {
  const n = values.length;
  if (n === 0) return { undefined: "no-rows" };
  const order = descending(values).slice().reverse();
  const once = quantileAlong(order, values, weights, share);
  if (once === undefined) return { undefined: "zero-weight" };
  const reweighted = (times: Float64Array) => quantileAlong(order, values, weights, share, times);
  return {
    value: once,
    n,
    influence: new Float64Array(0),
    kind: "ratio",
    reweighted,
    support: effectiveRows(weights),
  };
}

/** The quantile of values whose ascending order is known, each counted `times`; undefined where nothing weighs. */
function quantileAlong(
  order: Uint32Array,
  values: Float64Array,
  weights: Float64Array,
  share: number,
  times?: Float64Array,
): number | undefined {
  const n = order.length;
  const along = new Float64Array(n);
  let total = 0;
  for (let place = 0; place < n; place++) {
    const row = order[place] ?? 0;
    const weight = (weights[row] ?? 0) * (times === undefined ? 1 : (times[row] ?? 0));
    along[place] = weight;
    total += weight;
  }
  if (!(total > 0)) return undefined;
  const wanted = share * total;
  let seen = 0;
  let below: number | undefined;
  for (let place = 0; place < n; place++) {
    const weight = along[place] ?? 0;
    if (weight === 0) continue;
    const value = values[order[place] ?? 0] ?? Number.NaN;
    if (below !== undefined) return (below + value) / 2;
    seen += weight;
    if (seen > wanted + SAME * total) return value;
    if (seen >= wanted - SAME * total) below = value;
  }
  return below;
}
