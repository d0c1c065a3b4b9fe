import type { Measured, Undefined } from "../measured.ts";
import type { ClassScores } from "./class-scores.ts";
import { rateOf } from "./rates.ts";

/**
 * The share of rows whose true class is among the k with the highest scores; of equal scores the later class counts as higher.
 * Equals sklearn's `top_k_accuracy_score`; as many classes as k, or fewer, are a reason, since every row would count.
 */
export function topAccuracy(k: number, { scores, truth, weights }: ClassScores, plain: boolean): Measured | Undefined {
  if (k >= scores.length) return { undefined: "k-not-below-classes" };
  const above = new Int32Array(truth.length);
  scores.forEach((column, other) => {
    for (let i = 0; i < above.length; i++) {
      const own = truth[i] ?? 0;
      if (own === other) continue;
      const mine = scores[own]?.[i] ?? 0;
      const theirs = column[i] ?? 0;
      if (theirs > mine || (theirs === mine && other > own)) above[i] = (above[i] ?? 0) + 1;
    }
  });
  const outcomes = new Int8Array(truth.length);
  for (let i = 0; i < outcomes.length; i++) outcomes[i] = (above[i] ?? 0) < k ? 1 : 0;
  return rateOf(outcomes, weights, plain, "no-rows");
}
