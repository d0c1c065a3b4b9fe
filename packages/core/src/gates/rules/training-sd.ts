import type { Difference, DifferenceOptions } from "../../statistics/difference.ts";
import { normalCdf, normalQuantile } from "../../statistics/normal.ts";

/**
 * A difference with the noise between training runs added, `single`: of how many sides that have one run. Its variance grows by `trainingSd`²
 * for each (the sd of one run in the metric's unit; Bouthillier et al. 2021: known runs stand for those that were not made). Unchanged
 * without an sd; where the difference has no uncertainty of its own, this alone makes its interval.
 */
export function withTrainingSd(
  difference: Difference,
  { trainingSd, direction, level }: Pick<DifferenceOptions, "direction" | "level"> & { trainingSd?: number },
  baseline: number,
  single: number,
): Difference {
  if (trainingSd === undefined || trainingSd === 0 || single === 0) return difference;
  const sd = difference.scale === "relative" ? trainingSd / Math.abs(baseline) : trainingSd;
  const { change, stderr = 0, interval } = difference;
  const widened = Math.sqrt(stderr * stderr + single * sd * sd);
  const half = normalQuantile((1 + level) / 2) * widened;
  const method = interval === undefined ? "training-sd" : `${interval.method}+training-sd`;
  return {
    ...difference,
    stderr: widened,
    runVariance: (difference.runVariance ?? 0) + single * sd * sd,
    interval: { high: change + half, level, low: change - half, method },
    method,
    pLoss: normalCdf((direction === "up" ? change : -change) / widened),
  };
}
