import type { Interval } from "../documents/fields.ts";
import { betaQuantile } from "./distributions/beta.ts";

/**
 * The exact interval of Clopper and Pearson (1934) of a share of `successes` in `trials` > 0, both whole, within 0 to 1.
 * Equals `statsmodels.stats.proportion.proportion_confint(method="beta")`.
 */
export function clopperPearson(successes: number, trials: number, level: number): Interval {
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures === 0 ? 1 : 1 - betaQuantile(tail, failures, successes + 1),
    level,
    method: "clopper-pearson",
  };
}
