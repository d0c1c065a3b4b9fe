import type { Measured, Undefined } from "../measured.ts";
import { rowMean } from "../row-mean.ts";
import { areDistributions, type ClassScores } from "./class-scores.ts";
import type { Scored } from "./scored.ts";

/** A probability of 0 counts as this much, as in scikit-learn: the spacing of doubles at 1. */
const LEAST = 2 ** -52;

function logLossOf(p: number): number {
  return -Math.log(Math.min(1 - LEAST, Math.max(LEAST, p)));
}

/** Whether all scores are within 0 and 1. */
export function areProbabilities(scores: Float64Array): boolean {
  return farthestOutside(scores) === 0;
}

/** How far a score lies below 0 or above 1 at the most; NaN when one is. */
function farthestOutside(scores: Float64Array): number {
  let farthest = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] ?? 0;
    farthest = Math.max(farthest, -score, score - 1);
  }
  return farthest;
}

/** The mean of −ln p of the true class, in nats, for a binary score. Equals sklearn's `log_loss`. */
export function logLoss({ positive, scores, weights }: Scored): Measured | Undefined {
  if (!areProbabilities(scores)) return { undefined: "score-not-probability" };
  return rowMean(logLosses(scores, positive), weights);
}

function logLosses(scores: Float64Array, positive: Uint8Array): Float64Array {
  const values = new Float64Array(scores.length);
  // |1 − side − p| is p on the positive side and 1 − p on the other, with no branch to guess.
  for (let i = 0; i < values.length; i++) values[i] = logLossOf(Math.abs(1 - (positive[i] ?? 0) - (scores[i] ?? 0)));
  return values;
}

/** The mean of (p − y)², 0 to 1, for a binary score. Equals sklearn's `brier_score_loss`. */
export function brier({ positive, scores, weights }: Scored): Measured | Undefined {
  if (!areProbabilities(scores)) return { undefined: "score-not-probability" };
  return rowMean(squaredErrors(scores, positive), weights);
}

function squaredErrors(scores: Float64Array, positive: Uint8Array): Float64Array {
  const values = new Float64Array(scores.length);
  for (let i = 0; i < values.length; i++) values[i] = ((scores[i] ?? 0) - (positive[i] ?? 0)) ** 2;
  return values;
}

/** The mean of −ln p of the true class over the scores of all classes, in nats. Equals sklearn's `log_loss`. */
export function logLossMulticlass(found: ClassScores): Measured | Undefined {
  if (!areDistributions(found)) return { undefined: "score-not-probability" };
  const values = new Float64Array(found.truth.length);
  for (let i = 0; i < values.length; i++) values[i] = logLossOf(found.scores[found.truth[i] ?? 0]?.[i] ?? 0);
  return rowMean(values, found.weights);
}

/** The mean over rows of Σ (p − y)² over classes, 0 to 2. Equals sklearn's `brier_score_loss(scale_by_half=False)`. */
export function brierMulticlass(found: ClassScores): Measured | Undefined {
  if (!areDistributions(found)) return { undefined: "score-not-probability" };
  const values = new Float64Array(found.truth.length);
  found.scores.forEach((scores, k) => {
    for (let i = 0; i < values.length; i++) {
      values[i] = (values[i] ?? 0) + ((scores[i] ?? 0) - (found.truth[i] === k ? 1 : 0)) ** 2;
    }
  });
  return rowMean(values, found.weights);
}
