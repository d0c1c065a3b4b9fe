import { slopesByCell } from "./agreement.ts";
import type { Confusion, CountMetric } from "./confusion.ts";

/**
 * The divisor of a class's right rows, as shares of its true and of its predicted rows: recall 1 and 0, precision 0 and 1,
 * F-beta β²/(1 + β²) and 1/(1 + β²). With `overlap` (Jaccard) the right rows are taken off the sum.
 */
export interface ClassShare {
  truly: number;
  predicted: number;
  overlap?: true;
}

export const PRECISION: ClassShare = { truly: 0, predicted: 1 };
export const RECALL: ClassShare = { truly: 1, predicted: 0 };
export const JACCARD: ClassShare = { truly: 1, predicted: 1, overlap: true };

/** The weighted harmonic mean of precision and recall, recall counting `beta` times as much. */
export function fBeta(beta: number): ClassShare {
  const square = beta * beta;
  return { truly: square / (1 + square), predicted: 1 / (1 + square) };
}

function below({ right, truly, predicted }: Confusion, share: ClassShare, k: number): number {
  const sum = (truly[k] ?? 0) * share.truly + (predicted[k] ?? 0) * share.predicted;
  return share.overlap ? sum - (right[k] ?? 0) : sum;
}

/** What the class counts in the average: 0 for one that is left out. */
function weightOf(counts: Confusion, average: "macro" | "weighted" | "present") {
  const { truly, predicted, total, classes, absent } = counts;
  if (average === "weighted") return (k: number) => (truly[k] ?? 0) / total;
  const counted = (k: number) => {
    if (average === "macro" && absent === "zero") return true;
    return (truly[k] ?? 0) > 0 || (average === "macro" && (predicted[k] ?? 0) > 0);
  };
  let size = 0;
  for (let k = 0; k < classes; k++) if (counted(k)) size++;
  return (k: number) => (counted(k) ? 1 / size : 0);
}

/**
 * A share of each class, averaged over classes. Equals scikit-learn's `average="macro"` and `"weighted"` over the listed classes, with
 * its zero where a class has 0/0. `present` takes only classes that occur among the labels: of recall, `balanced_accuracy_score`.
 */
export function classAverage(share: ClassShare, average: "macro" | "weighted" | "present"): CountMetric {
  const scoreOf = (counts: Confusion, k: number) => {
    const under = below(counts, share, k);
    return under === 0 ? 0 : (counts.right[k] ?? 0) / under;
  };
  return {
    value(counts) {
      const weight = weightOf(counts, average);
      // Few terms, added for every replicate of a bootstrap: no compensation.
      let total = 0;
      for (let k = 0; k < counts.classes; k++) total += weight(k) * scoreOf(counts, k);
      return total;
    },
    slopes(counts) {
      const weight = weightOf(counts, average);
      const { classes, total } = counts;
      const right = new Float64Array(classes);
      const truly = new Float64Array(classes);
      const predicted = new Float64Array(classes);
      for (let k = 0; k < classes; k++) {
        const under = below(counts, share, k);
        const score = scoreOf(counts, k);
        const each = under === 0 ? 0 : weight(k) / under;
        right[k] = each * (share.overlap ? 1 + score : 1);
        truly[k] = -each * share.truly * score + (average === "weighted" ? score / total : 0);
        predicted[k] = -each * share.predicted * score;
      }
      return slopesByCell(counts, (t, p) => (truly[t] ?? 0) + (predicted[p] ?? 0) + (t === p ? (right[t] ?? 0) : 0));
    },
  };
}
