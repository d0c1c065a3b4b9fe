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
  const [sorted, weighing] = [new Float64Array(n), new Float64Array(n)];
  for (let place = 0; place < n; place++) {
    sorted[place] = values[order[place] ?? -1] ?? Number.NaN;
    weighing[place] = weights[order[place] ?? -1] ?? 0;
  }
  const value = quantileAlong(sorted, weighing, share);
  if (value === undefined) return { undefined: "zero-weight" };
  const drawn = new Float64Array(n);
  const reweighted = (times: Float64Array) => {
    for (let place = 0; place < n; place++) drawn[place] = (weighing[place] ?? 0) * (times[order[place] ?? -1] ?? 0);
    return quantileAlong(sorted, drawn, share);
  };
  return { value, n, influence: new Float64Array(0), kind: "ratio", reweighted, support: effectiveRows(weights) };
}

/** The quantile of ascending values; undefined where nothing weighs. */
function quantileAlong(ascending: Float64Array, weights: Float64Array, share: number): number | undefined {
  let total = 0;
  for (let place = 0; place < weights.length; place++) total += weights[place] ?? 0;
  if (!(total > 0)) return undefined;
  const wanted = share * total;
  let seen = 0;
  let below: number | undefined;
  for (let place = 0; place < weights.length; place++) {
    const weight = weights[place] ?? 0;
    if (weight === 0) continue;
    const value = ascending[place] ?? Number.NaN;
    if (below !== undefined) return (below + value) / 2;
    seen += weight;
    if (seen > wanted + SAME * total) return value;
    if (seen >= wanted - SAME * total) below = value;
  }
  return below;
}
