import type { Difference } from "../difference.ts";
import { disagreement, plainTrials } from "../disagreement.ts";
import { normalCdf, normalQuantile } from "../normal.ts";
import { mcnemarZ, tango } from "../tango.ts";
import { gainOf, gainSlopes, lossP } from "./gain.ts";
import { changeOf, methodOf, type Sides } from "./sides.ts";

/** Shares of the same plain rows: Tango's score interval (1998), p by McNemar's z. Undefined for everything else. */
export function byTango(sides: Sides): Difference | undefined {
  const { candidate, baseline, plain, options } = sides;
  const { scale, level, direction } = options;
  if (!plain || scale === "relative" || direction === "near") return undefined;
  const found = disagreement(candidate, baseline);
  if (found === undefined) return undefined;
  const { n } = candidate;
  const method = methodOf(sides, "tango");
  const interval = { ...tango(found.gained, found.lost, found.n, level), method };
  const z = mcnemarZ(found.gained, found.lost);
  const stderr = (interval.high - interval.low) / (2 * normalQuantile((1 + level) / 2));
  const change = changeOf(candidate.value, baseline.value, scale);
  const pLoss = normalCdf(direction === "up" ? z : -z);
  return { change, scale, stderr, interval, method, pLoss, rowSd: stderr * Math.sqrt(n), n };
}

/**
 * Where nothing varies: the width that Tango gives a share of `units` independent units that differs nowhere, ± z²/(n + z²).
 * Undefined for means of row values, where equal values on every row do say that nothing differs.
 */
export function alike({ metric, candidate, baseline, options }: Sides, units: number): Difference | undefined {
  const { scale, level } = options;
  const trials = plainTrials(metric, candidate, baseline, units);
  if (trials === undefined) return undefined;
  const { n } = candidate;
  const unit = scale === "relative" ? 1 / Math.abs(baseline.value) : 1;
  const change = changeOf(candidate.value, baseline.value, scale);
  const width = tango(0, 0, trials, level);
  const interval = { low: change + width.low * unit, high: change + width.high * unit, level, method: "tango" };
  const stderr = (interval.high - interval.low) / (2 * normalQuantile((1 + level) / 2));
  const gain = gainOf(candidate.value, baseline.value, options) * unit;
  const judged = gainSlopes(candidate.value, baseline.value, options) !== undefined;
  const pLoss = judged ? { pLoss: lossP(gain, stderr, Number.POSITIVE_INFINITY) } : {};
  return { change, scale, stderr, interval, method: "tango", ...pLoss, rowSd: stderr * Math.sqrt(n), n };
}
