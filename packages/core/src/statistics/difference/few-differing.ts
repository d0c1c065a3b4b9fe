import { known } from "../../metrics/known.ts";
import type { Difference } from "../difference.ts";
import { plainTrials } from "../disagreement.ts";
import { normalQuantile } from "../normal.ts";
import { studentQuantile } from "../student.ts";
import type { Spread } from "../variance.ts";
import { gainOf, gainSlopes, lossP } from "./gain.ts";
import { changeOf, methodOf, type Sides } from "./sides.ts";

/** Fewer effective units than this that tell two sides apart are few: a normal limit is not reached. */
export const FEW_DIFFERING = 30;

/** An area of ranks is never taken to be known more closely than this share of what one row of its rarer class makes. */
export const OF_ONE_ROW = 0.5;

/** What is known of the units' differences byA·a + byB·b, a and b being the influence of a unit on the candidate's and the baseline's value. */
export interface UnitDifferences {
  spread(byA: number, byB: number): Spread | undefined;
  /** The sum of their fourth powers. */
  fourth(byA: number, byB: number): number;
}

/**
 * Where few units tell the two sides apart, a score interval (Tango 1998), for metrics of counts and of ranks. With v the variance of the
 * change and q the sum of the fourth powers of the units' differences, k = v²/q units count (Kish 1965), each worth h = √(q/v), and of
 * counts at least what one row of any class can make. As in Tango's interval for rare events, a true change is held against the variance
 * that there would be if it were true, which needs units that differ even where the sample has none of them; and v, itself measured on k
 * units, has 2k degrees of freedom (Satterthwaite 1946; Pan and Wall 2002). Undefined with `FEW_DIFFERING` and more of them, and for means
 * of row values, whose skewness no count of rows tells.
 */
export function byFewDiffering(sides: Sides, found: Spread, differences: UnitDifferences): Difference | undefined {
  const { metric, candidate, baseline, options } = sides;
  const { scale, level } = options;
  const trials = plainTrials(metric, candidate, baseline, found.units);
  if (trials === undefined || found.stderr === 0) return undefined;
  const differing = differingUnits(sides, found, differences);
  if (!(differing < FEW_DIFFERING)) return undefined;
  const variance = found.stderr * found.stderr;
  const { n } = candidate;
  const change = changeOf(candidate.value, baseline.value, scale);
  const z = normalQuantile((1 + level) / 2);
  const unit = scale === "relative" ? 1 / Math.abs(baseline.value) : 1;
  const oneRow = Math.max(candidate.oneRow ?? 0, baseline.oneRow ?? 0);
  const wide = {
    z,
    variance: variance * square(studentQuantile((1 + level) / 2, 2 * differing) / z),
    step: Math.max(Math.sqrt(variance / differing), unit * oneRow),
  };
  const ends = { low: change - reach(change, wide), high: change + reach(-change, wide) };
  const few: Difference["few"] = { differing, step: wide.step };
  if (candidate.kind === "rank") {
    const one = unit / trials;
    few.one = one;
    if (ends.low < 0) ends.low = Math.min(ends.low, -OF_ONE_ROW * one);
    if (ends.high > 0) ends.high = Math.max(ends.high, OF_ONE_ROW * one);
  }
  const about = known(metric);
  if (about !== undefined && scale === "absolute") {
    const range = about.high - about.low;
    ends.low = Math.max(ends.low, -range);
    ends.high = Math.min(ends.high, range);
  }
  // So few could all have differed alike by chance alone.
  const chance = signChance(differing);
  if (chance > (1 - level) / 2) {
    ends.low = Math.min(ends.low, -wide.step);
    ends.high = Math.max(ends.high, wide.step);
  }
  const method = methodOf(sides, "few-differing");
  const stderr = Math.sqrt(wide.variance);
  const p = studentP(sides, found, differences, differing);
  const pLoss = p === undefined ? {} : { pLoss: Math.min(Math.max(p, chance), 1 - chance) };
  return {
    change,
    scale,
    stderr,
    interval: { ...ends, level, method },
    method,
    ...pLoss,
    rowSd: stderr * Math.sqrt(n),
    n,
    few,
  };
}

/**
 * How often all of that many independent units differ one way when neither side is better: no test of the signs has a smaller p.
 * @source Fisher 1935, the sign test
 */
export function signChance(units: number): number {
  return Math.min(0.5, 2 ** -units);
}

/** How many units make the spread of the differences, effectively: v²/q (Kish 1965); none where nothing differs. */
export function differingUnits(sides: Sides, { stderr }: Spread, { fourth }: UnitDifferences): number {
  const variance = stderr * stderr;
  return variance > 0 ? (variance * variance) / fourth(...changeSlopes(sides)) : 0;
}

/** The one-sided p of "no loss" by Student's t with twice as many degrees of freedom as units differ; undefined when nothing is better. */
export function studentP(
  { candidate, baseline, options }: Sides,
  { stderr }: Spread,
  { spread }: UnitDifferences,
  differing: number,
): number | undefined {
  const { direction, scale } = options;
  const slopes = gainSlopes(candidate.value, baseline.value, options);
  if (slopes === undefined) return undefined;
  const change = changeOf(candidate.value, baseline.value, scale);
  if (direction !== "near") return lossP(direction === "up" ? change : -change, stderr, 2 * differing);
  const gain = gainOf(candidate.value, baseline.value, options);
  return lossP(gain, spread(...slopes)?.stderr ?? 0, 2 * differing);
}

/** How much the change grows with the candidate's and with the baseline's value. */
export function changeSlopes({ candidate, baseline, options }: Sides): [number, number] {
  if (options.scale !== "relative") return [1, -1];
  return [1 / baseline.value, -candidate.value / baseline.value / baseline.value];
}

/**
 * How far below a change its interval reaches: the largest u with u² = z²·V, V = (v + √(v² + 4h²·(u − change)·u))/2 being the variance that
 * the sample allows if change − u were true (a loss; at 0 and above it is v). That is u³ − z²·v·u − z⁴·h²·(u − change) = 0, by Newton
 * from above, where it is convex. Where nothing differs (v and change 0) it is Tango's z²·h.
 */
function reach(change: number, { z, variance, step }: { z: number; variance: number; step: number }): number {
  const normal = z * Math.sqrt(variance);
  if (change >= normal) return normal;
  const squares = z * z * variance;
  const steps = square(z * z * step);
  let u = Math.sqrt(squares + steps) + Math.max(0, -change);
  for (let i = 0; i < 100; i++) {
    const next = u - (u * u * u - squares * u - steps * (u - change)) / (3 * u * u - squares - steps);
    if (!(next < u)) break;
    u = next;
  }
  return u;
}

function square(x: number): number {
  return x * x;
}
