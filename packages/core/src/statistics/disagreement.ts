import { known } from "../metrics/known.ts";
import type { Measured } from "../metrics/measured.ts";

/** The rows on which two shares of the same rows differ. */
export interface Disagreement {
  /** Successes of the candidate only. */
  gained: number;
  /** Successes of the baseline only. */
  lost: number;
  n: number;
}

/** Counts where two rates differ; undefined when they are no rates or not shares of the same rows. */
export function disagreement(candidate: Measured, baseline: Measured): Disagreement | undefined {
  const c = candidate.outcomes;
  const b = baseline.outcomes;
  if (c === undefined || b === undefined) return undefined;
  let [gained, lost, n] = [0, 0, 0];
  for (let i = 0; i < c.length; i++) {
    const x = c[i] ?? -1;
    const y = b[i] ?? -1;
    if (x < 0 !== y < 0) return undefined;
    if (x < 0) continue;
    n++;
    if (x > y) gained++;
    if (y > x) lost++;
  }
  return { gained, lost, n };
}

/**
 * Of how many independent units a difference without any variance is a share, at most `units`, and no more than rows of the class that
 * moves the metric most make it up; undefined for means of row values,
 * where equal values on every row do say that nothing differs.
 */
export function plainTrials(
  metric: string,
  candidate: Measured,
  baseline: Measured,
  units: number,
): number | undefined {
  const about = known(metric);
  if (candidate.kind === "mean" || about === undefined || !Number.isFinite(about.high - about.low)) return undefined;
  const oneRow = Math.max(candidate.oneRow ?? 0, baseline.oneRow ?? 0);
  return Math.min(units, candidate.support, baseline.support, 1 / oneRow);
}
