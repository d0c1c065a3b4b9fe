import type { Interval } from "../documents/fields.ts";
import { normalQuantile } from "./normal.ts";

/** P(a draw of one side is better than one of the other), ties counted half, with its interval. */
export interface Superiority {
  probability: number;
  interval: Interval;
}

/** Fewer values of a side than this say nothing. */
const FEWEST = 5;

/**
 * P(a > b) + P(a = b)/2 between two sides' values, Mann and Whitney's U (1947) over the pairs. The interval (0 to 1) is Newcombe's
 * fifth method (2006), made of the score interval with the variance of Hanley and McNeil (1982), so it is never of zero width.
 * Undefined with fewer than 5 values on a side.
 */
export function probabilityOfSuperiority(
  a: readonly number[],
  b: readonly number[],
  level: number,
): Superiority | undefined {
  if (a.length < FEWEST || b.length < FEWEST) return undefined;
  const probability = mannWhitneyU(a, b) / (a.length * b.length);
  const z = normalQuantile((1 + level) / 2);
  const away = (theta: number) => (probability - theta) / Math.sqrt(varianceAt(theta, a.length, b.length));
  const low = probability === 0 ? 0 : crossing(away, z, 0, probability);
  const high = probability === 1 ? 1 : crossing(away, -z, probability, 1);
  return { probability, interval: { low, high, level, method: "newcombe-5" } };
}

/** The pairs in which `a` is greater, ties counted half. Equals the statistic of `scipy.stats.mannwhitneyu(a, b)`. */
export function mannWhitneyU(a: readonly number[], b: readonly number[]): number {
  let twice = 0;
  for (const x of a) for (const y of b) twice += x > y ? 2 : x === y ? 1 : 0;
  return twice / 2;
}

/** Hanley and McNeil's variance of the estimate when the truth is `theta`, with both sides' numbers evened out. */
function varianceAt(theta: number, m: number, n: number): number {
  const even = (m + n) / 2 - 1;
  return ((theta * (1 - theta)) / (m * n)) * (1 + even * ((1 - theta) / (2 - theta) + theta / (1 + theta)));
}

/** Where a falling function of the truth takes the wanted value, by halving. */
function crossing(away: (theta: number) => number, wanted: number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 70; step++) {
    const middle = (low + high) / 2;
    if (away(middle) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
