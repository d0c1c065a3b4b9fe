import { effectiveRows } from "../../statistics/effective-rows.ts";
import { sumOf } from "../../statistics/sum.ts";
import type { Measured, Undefined } from "../measured.ts";
import { type Scored, spread, tiesOf } from "./scored.ts";

/**
 * The area under the ROC curve, 0 to 1: P(positive scores higher) + P(tie)/2. Equals sklearn's `roc_auc_score`; one class is a reason.
 * The influence is that of DeLong, DeLong and Clarke-Pearson (1988): each row's placement less the area, by class.
 */
export function rocAuc(scored: Scored): Measured | Undefined {
  const { positives, negatives, weights } = scored;
  if (positives === 0 || negatives === 0) return { undefined: "one-class" };
  const ties = tiesOf(scored);
  const groups = ties.ends.length;
  const overNegatives = new Float64Array(groups);
  const underPositives = new Float64Array(groups);
  let above = 0;
  let negativesAbove = 0;
  for (let g = 0; g < groups; g++) {
    const p = ties.positives[g] ?? 0;
    const q = ties.negatives[g] ?? 0;
    underPositives[g] = above + p / 2;
    overNegatives[g] = negatives - negativesAbove - q / 2;
    above += p;
    negativesAbove += q;
  }
  const value = sumOf(groups, (g) => ((ties.positives[g] ?? 0) / positives) * ((overNegatives[g] ?? 0) / negatives));
  const influence = spread(
    scored,
    ties,
    overNegatives.map((v) => (v / negatives - value) / positives),
    underPositives.map((v) => (v / positives - value) / negatives),
  );
  for (let i = 0; i < influence.length; i++) influence[i] = (influence[i] ?? 0) * (weights[i] ?? 0);
  const n = influence.length;
  const support = Math.min(
    effectiveRows(weights.filter((_, i) => scored.positive[i] === 1)),
    effectiveRows(weights.filter((_, i) => scored.positive[i] === 0)),
  );
  return { value: Math.min(1, value), n, influence, kind: "rank", strata: scored.positive, support };
}
