import type { Interval } from "../documents/fields.ts";
import { normalQuantile } from "./normal.ts";

/**
 * Wilson's score interval (1927) of a share of `successes` in `trials` > 0 (either may be fractional), within 0 to 1.
 * Equals `statsmodels.stats.proportion.proportion_confint(method="wilson")`.
 */
export function wilson(successes: number, trials: number, level: number): Interval {
  const z = normalQuantile((1 + level) / 2);
  const share = successes / trials;
  const shrink = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / shrink;
  const half = (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / shrink;
  return {
    low: share <= 0 ? 0 : Math.max(0, centre - half),
    high: share >= 1 ? 1 : Math.min(1, centre + half),
    level,
    method: "wilson",
  };
}
