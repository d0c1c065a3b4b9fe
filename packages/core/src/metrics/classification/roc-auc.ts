import { sum } from "../../statistics/sum.ts";
import type { Measured, Undefined } from "../measured.ts";
import { type Scored, type Ties, tiesOf } from "./scored.ts";

/**
 * The area under the ROC curve, 0 to 1: P(positive scores higher) + P(tie)/2. Equals sklearn's `roc_auc_score`; one class is a reason.
 * The influence is that of DeLong, DeLong and Clarke-Pearson (1988): each row's placement less the area, by class.
 */
export function rocAuc(scored: Scored): Measured | Undefined {
  const { positives, negatives } = scored;
  if (positives === 0 || negatives === 0) return { undefined: "one-class" };
  const ties = tiesOf(scored);
  const influence = new Float64Array(ties.order.length);
  // The areas of the tie groups stand where the influence will: every row gets its own after they were added.
  const areas = influence.subarray(0, ties.ends.length);
  fillAreas(areas, scored, ties);
  const value = sum(areas);
  fillPlacements(influence, scored, ties, value);
  const support = Math.min(scored.positiveSupport, scored.negativeSupport);
  return {
    value: Math.min(1, value),
    n: influence.length,
    influence,
    kind: "rank",
    strata: scored.positive,
    support,
  };
}

/** The area that each tie group adds. */
function fillAreas(terms: Float64Array, { positives, negatives }: Scored, ties: Ties): void {
  let negativesAbove = 0;
  for (let g = 0; g < terms.length; g++) {
    const q = ties.negatives[g] ?? 0;
    const under = negatives - negativesAbove - q / 2;
    terms[g] = ((ties.positives[g] ?? 0) / positives) * (under / negatives);
    negativesAbove += q;
  }
}

/** Each row's placement less the area, by class, times its weight. */
function fillPlacements(
  influence: Float64Array,
  { positives, negatives, weights, plain }: Scored,
  ties: Ties,
  area: number,
): void {
  const { order, sides, ends } = ties;
  let positivesAbove = 0;
  let negativesAbove = 0;
  let place = 0;
  for (let g = 0; g < ends.length; g++) {
    const p = ties.positives[g] ?? 0;
    const q = ties.negatives[g] ?? 0;
    const onPositive = ((negatives - negativesAbove - q / 2) / negatives - area) / positives;
    const onNegative = ((positivesAbove + p / 2) / positives - area) / negatives;
    const end = ends[g] ?? 0;
    for (; place < end; place++) {
      const row = order[place] ?? 0;
      const value = sides[place] === 1 ? onPositive : onNegative;
      influence[row] = plain ? value : value * (weights[row] ?? 0);
    }
    positivesAbove += p;
    negativesAbove += q;
  }
}
