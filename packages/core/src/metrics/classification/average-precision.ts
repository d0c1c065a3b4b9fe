import { sum } from "../../statistics/sum.ts";
import type { Measured, Undefined } from "../measured.ts";
import { type Scored, type Ties, tiesOf } from "./scored.ts";

/**
 * Average precision, 0 to 1: Σ (R_k − R_{k−1}) P_k over the distinct thresholds. Equals sklearn's `average_precision_score`;
 * no positives is a reason. The influence is the derivative by each row's weight.
 */
export function averagePrecision(scored: Scored): Measured | Undefined {
  const { positives } = scored;
  if (positives === 0) return { undefined: "no-positives" };
  const ties = tiesOf(scored);
  const groups = ties.ends.length;
  const influence = new Float64Array(ties.order.length);
  const above = { called: new Float64Array(groups), truePositives: new Float64Array(groups) };
  // The terms of the sum stand where the influence will: every row gets its own after they were added.
  const terms = influence.subarray(0, groups);
  fillTerms(terms, above, ties, positives);
  const value = sum(terms);
  fillInfluence(influence, above, ties, scored, value);
  return { value: Math.min(1, value), n: influence.length, influence, kind: "rank", support: scored.positiveSupport };
}

/** By tie group: the weights of the rows from the top to its end, and of the positive ones among them. */
interface Above {
  called: Float64Array;
  truePositives: Float64Array;
}

function fillTerms(terms: Float64Array, { called, truePositives }: Above, ties: Ties, positives: number): void {
  let right = 0;
  let all = 0;
  for (let g = 0; g < terms.length; g++) {
    const p = ties.positives[g] ?? 0;
    right += p;
    all += p + (ties.negatives[g] ?? 0);
    truePositives[g] = right;
    called[g] = all;
    // A group of weight 0 at the top has no precision and no part in the sum.
    terms[g] = (p / positives) * (all === 0 ? 0 : right / all);
  }
}

/** From the last group up, since a row moves the precision of every group from its own on. */
function fillInfluence(
  influence: Float64Array,
  { called, truePositives }: Above,
  { order, sides, ends, positives: inGroup }: Ties,
  { positives, weights, plain }: Scored,
  value: number,
): void {
  let gain = 0;
  let loss = 0;
  let end = order.length;
  for (let g = ends.length - 1; g >= 0; g--) {
    const all = called[g] ?? 0;
    const right = truePositives[g] ?? 0;
    const precision = all === 0 ? 0 : right / all;
    const share = all === 0 ? 0 : (inGroup[g] ?? 0) / all / all;
    gain += share * (all - right);
    loss += share * right;
    const onPositive = (precision - value + gain) / positives;
    const onNegative = -loss / positives;
    const start = g === 0 ? 0 : (ends[g - 1] ?? 0);
    for (let place = start; place < end; place++) {
      const row = order[place] ?? 0;
      const own = sides[place] === 1 ? onPositive : onNegative;
      influence[row] = plain ? own : own * (weights[row] ?? 0);
    }
    end = start;
  }
}
