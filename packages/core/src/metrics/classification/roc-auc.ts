import { sum } from "../../statistics/sum.ts";
import type { Measured, Undefined } from "../measured.ts";
import { type Scored, spread, tiesOf } from "./scored.ts";

/**
 * The area under the ROC curve, 0 to 1: P(positive scores higher) + P(tie)/2. Equals sklearn's `roc_auc_score`; one class is a reason.
 * The influence is that of DeLong, DeLong and Clarke-Pearson (1988): each row's placement less the area, by class.
 */
export function rocAuc(scored: Scored): Measured | Undefined {
  const { positives, negatives } = scored;
  if (positives === 0 || negatives === 0) return { undefined: "one-class" };
  const ties = tiesOf(scored);
  const groups = ties.ends.length;
  const overNegatives = new Float64Array(groups);
  const underPositives = new Float64Array(groups);
  const terms = new Float64Array(groups);
  let above = 0;
  let negativesAbove = 0;
  for (let g = 0; g < groups; g++) {
    const p = ties.positives[g] ?? 0;
    const q = ties.negatives[g] ?? 0;
    const under = negatives - negativesAbove - q / 2;
    underPositives[g] = above + p / 2;
    overNegatives[g] = under;
    terms[g] = (p / positives) * (under / negatives);
    above += p;
    negativesAbove += q;
  }
  const value = sum(terms);
  for (let g = 0; g < groups; g++) {
    overNegatives[g] = ((overNegatives[g] ?? 0) / negatives - value) / positives;
    underPositives[g] = ((underPositives[g] ?? 0) / positives - value) / negatives;
  }
  const influence = spread(scored, ties, overNegatives, underPositives);
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
