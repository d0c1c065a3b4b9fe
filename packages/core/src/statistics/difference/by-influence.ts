import type { DifferenceFound } from "../difference.ts";
import { sumOfFourthPowers } from "../fourth-powers.ts";
import type { Combined } from "../squares-by-stratum.ts";
import { studentQuantile } from "../student.ts";
import { sumOfSquaredPairs } from "../sum.ts";
import { groupSums, rowSpread, type Spread, spreadOf, strataSpread } from "../variance.ts";
import { alike } from "./by-tango.ts";
import { byFewDiffering, changeSlopes } from "./few-differing.ts";
import { gainOf, gainSlopes, lossP } from "./gain.ts";
import { changeOf, methodOf, type Sides } from "./sides.ts";

/**
 * The difference of the influence values, with Student's t (df n − 1, or groups − 1; normal for areas under the ROC curve, whose
 * variance is DeLong's). Where few units tell the sides apart, a score interval instead.
 */
export function byInfluence(sides: Sides): DifferenceFound {
  const { candidate, baseline, group, plain, options } = sides;
  const { scale, level } = options;
  const { n } = candidate;
  const change = changeOf(candidate.value, baseline.value, scale);
  const strata = plain ? candidate.strata : undefined;
  const { influence: a } = candidate;
  const { influence: b } = baseline;
  const spread = (byA: number, byB: number): Spread | undefined => {
    if (group !== undefined) return spreadOf(combined({ a, byA, b, byB }), group, options.at);
    return strata === undefined
      ? rowSpread(sumOfSquaredPairs(a, byA, b, byB), n)
      : strataSpread({ a, byA, b, byB }, strata);
  };
  const found = spread(...changeSlopes(sides));
  if (found === undefined) return { undefined: group === undefined ? "too-few-rows" : "too-few-groups" };
  if (found.stderr === 0) {
    const same = alike(sides, found.units);
    if (same !== undefined) return same;
  }
  const fourth = (byA: number, byB: number): number => {
    if (group === undefined) return sumOfFourthPowers(a, byA, b, byB);
    const sums = groupSums(combined({ a, byA, b, byB }), group, options.at);
    return sumOfFourthPowers(sums, 1, sums, 0);
  };
  const few = byFewDiffering(sides, found, { spread, fourth });
  if (few !== undefined) return few;
  const method = methodOf(sides, "paired-influence");
  const half = studentQuantile((1 + level) / 2, found.df) * found.stderr;
  const interval = { low: change - half, high: change + half, level, method };
  const slopes = gainSlopes(candidate.value, baseline.value, options);
  const pLoss = slopes && { pLoss: pOf(sides, change, found, slopes, spread) };
  return { change, scale, stderr: found.stderr, interval, method, ...pLoss, rowSd: found.stderr * Math.sqrt(n), n };
}

function pOf(
  { candidate, baseline, options }: Sides,
  change: number,
  found: Spread,
  slopes: [number, number],
  spread: (mine: number, theirs: number) => Spread | undefined,
): number {
  if (options.direction !== "near") return lossP(options.direction === "up" ? change : -change, found.stderr, found.df);
  const gained = spread(slopes[0], slopes[1]) ?? found;
  return lossP(gainOf(candidate.value, baseline.value, options), gained.stderr, gained.df);
}

function combined({ a, byA, b, byB }: Combined): Float64Array {
  const both = new Float64Array(a.length);
  for (let i = 0; i < both.length; i++) both[i] = byA * (a[i] ?? 0) + byB * (b[i] ?? 0);
  return both;
}
