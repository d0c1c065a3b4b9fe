import { sum } from "../../statistics/sum.ts";
import type { Measured, Undefined } from "../measured.ts";
import { type Scored, spread, tiesOf } from "./scored.ts";

/**
 * Average precision, 0 to 1: Σ (R_k − R_{k−1}) P_k over the distinct thresholds. Equals sklearn's `average_precision_score`;
 * no positives is a reason. The influence is the derivative by each row's weight.
 */
export function averagePrecision(scored: Scored): Measured | Undefined {
  const { positives } = scored;
  if (positives === 0) return { undefined: "no-positives" };
  const ties = tiesOf(scored);
  const groups = ties.ends.length;
  const precision = new Float64Array(groups);
  const gainBelow = new Float64Array(groups);
  const lossBelow = new Float64Array(groups);
  const terms = new Float64Array(groups);
  let truePositives = 0;
  let called = 0;
  for (let g = 0; g < groups; g++) {
    const p = ties.positives[g] ?? 0;
    truePositives += p;
    called += p + (ties.negatives[g] ?? 0);
    // A group of weight 0 at the top has no precision and no part in the sum.
    const reached = called === 0 ? 0 : truePositives / called;
    const share = called === 0 ? 0 : p / called / called;
    precision[g] = reached;
    gainBelow[g] = share * (called - truePositives);
    lossBelow[g] = share * truePositives;
    terms[g] = (p / positives) * reached;
  }
  for (let g = groups - 2; g >= 0; g--) {
    gainBelow[g] = (gainBelow[g] ?? 0) + (gainBelow[g + 1] ?? 0);
    lossBelow[g] = (lossBelow[g] ?? 0) + (lossBelow[g + 1] ?? 0);
  }
  const value = sum(terms);
  for (let g = 0; g < groups; g++) {
    gainBelow[g] = ((precision[g] ?? 0) - value + (gainBelow[g] ?? 0)) / positives;
    lossBelow[g] = -(lossBelow[g] ?? 0) / positives;
  }
  const influence = spread(scored, ties, gainBelow, lossBelow);
  return { value: Math.min(1, value), n: influence.length, influence, kind: "rank", support: scored.positiveSupport };
}
