import { ENOUGH_FOR_PERCENTILES } from "../bootstrap/row-bootstrap.ts";
import type { DifferenceFound } from "../difference.ts";
import { middle } from "../quantile.ts";
import { sdOf } from "../sd.ts";
import { studentQuantile } from "../student.ts";
import { alike } from "./by-tango.ts";
import { gainOf, gainSlopes, lossP } from "./gain.ts";
import { changeOf, methodOf, type Sides } from "./sides.ts";

/** The share of replicates that may be without a value before a bootstrap says nothing. */
const MOST_WITHOUT = 0.05;

/** The values of both sides in each replicate; NaN where a side has none. */
export interface SideReplicates {
  candidate: Float64Array;
  baseline: Float64Array;
}

/** Of how many replicates with a value the candidate is no worse. */
interface NotWorse {
  count: number;
  of: number;
}

/**
 * The percentile interval of the change over replicates of both sides (type 7 quantiles), never without the change itself; with fewer
 * than 999 replicates Student's t with their sd.
 * `symmetric`: swapping the sides leaves the rows as they are, and so must the interval of an absolute change.
 * `more`: further replicates, asked for when the p of loss is small.
 */
export function fromReplicates(
  sides: Sides,
  replicates: SideReplicates,
  {
    method,
    units,
    symmetric,
    more,
  }: { method: string; units: number; symmetric: boolean; more?: () => SideReplicates },
): DifferenceFound {
  const { candidate, baseline, group, options } = sides;
  const { scale, level } = options;
  const { n } = candidate;
  const changes = changesOf(replicates, scale);
  const none = { undefined: group === undefined ? "too-few-rows" : "too-few-groups" };
  if (units < 2) return none;
  if (changes.length < 2 || changes.length < (1 - MOST_WITHOUT) * replicates.candidate.length)
    return { undefined: "too-few-resamples" };
  const stderr = sdOf(changes);
  const change = changeOf(candidate.value, baseline.value, scale);
  const few = changes.length < ENOUGH_FOR_PERCENTILES;
  const found = few ? around(change, stderr, changes.length, level) : middle(changes.sort(), level);
  if (found.low === found.high) {
    const same = alike(sides, units);
    if (same !== undefined) return same;
  }
  const half = (found.high - found.low) / 2;
  const mirrored = symmetric && scale === "absolute";
  const ends = mirrored ? { low: -half, high: half } : found;
  const name = methodOf(sides, method);
  const interval = { low: Math.min(ends.low, change), high: Math.max(ends.high, change), level, method: name };
  const pLoss = gainSlopes(candidate.value, baseline.value, options) && {
    pLoss: pOf(sides, replicates, mirrored, more),
  };
  return { change, scale, stderr, interval, method: name, ...pLoss, rowSd: stderr * Math.sqrt(n), n };
}

/** Student's t around the change, with the sd of as many replicates. */
function around(change: number, sd: number, replicates: number, level: number): { low: number; high: number } {
  const half = sd === 0 ? 0 : studentQuantile((1 + level) / 2, replicates - 1) * sd;
  return { low: change - half, high: change + half };
}

/** The changes of the replicates in which both sides have a value. */
function changesOf({ candidate, baseline }: SideReplicates, scale: "absolute" | "relative"): Float64Array {
  return candidate.map((value, i) => changeOf(value, baseline[i] ?? Number.NaN, scale)).filter(Number.isFinite);
}

/** Fewer replicates without a loss than this leave p too coarse for many hypotheses. */
const COARSE = 100;

/** With few replicates Student's t of the gain; else (1 + the replicates without a loss) / (replicates + 1), Davison and Hinkley 1997. */
function pOf(sides: Sides, first: SideReplicates, mirrored: boolean, more: (() => SideReplicates) | undefined): number {
  if (first.candidate.length < ENOUGH_FOR_PERCENTILES) {
    const gains = first.candidate
      .map((value, i) => gainOf(value, first.baseline[i] ?? Number.NaN, sides.options))
      .filter(Number.isFinite);
    const gain = gainOf(sides.candidate.value, sides.baseline.value, sides.options);
    return lossP(gain, sdOf(gains), gains.length - 1);
  }
  const found = notWorse(sides, first, mirrored);
  if (more !== undefined && found.count < COARSE) {
    const next = notWorse(sides, more(), mirrored);
    return (1 + found.count + next.count) / (found.of + next.of + 1);
  }
  return (1 + found.count) / (found.of + 1);
}

function notWorse({ options }: Sides, { candidate, baseline }: SideReplicates, mirrored: boolean): NotWorse {
  const found = { count: 0, of: 0 };
  for (let i = 0; i < candidate.length; i++) {
    const gain = gainOf(candidate[i] ?? Number.NaN, baseline[i] ?? Number.NaN, options);
    if (!Number.isFinite(gain)) continue;
    found.of++;
    if (gain >= 0) found.count += mirrored && gain > 0 ? 0.5 : 1;
    else if (mirrored) found.count += 0.5;
  }
  return found;
}
