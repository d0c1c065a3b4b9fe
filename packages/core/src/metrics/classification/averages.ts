import { sum } from "../../statistics/sum.ts";
import type { Undefined } from "../measured.ts";
import type { Confusion, CountMetric } from "./confusion.ts";

type Part = "precision" | "recall" | "f1";

/** What divides the right ones of a class: predicted, truly, or their mean. */
function divisor(part: Part, truly: number, predicted: number): number {
  return part === "precision" ? predicted : part === "recall" ? truly : (truly + predicted) / 2;
}

/**
 * Precision, recall or F1 averaged over classes. Equals scikit-learn's `average="macro"` and `"weighted"` with its default labels
 * (the classes that occur among labels or predictions of these rows) and its zero where a class has 0/0.
 * `present` takes only classes that occur among the labels: macro recall is then `balanced_accuracy_score`.
 */
export function classAverage(part: Part, average: "macro" | "weighted" | "present") {
  return ({ right, truly, predicted, total }: Confusion): CountMetric | Undefined => {
    const counted = (k: number) => (truly[k] ?? 0) > 0 || (average !== "present" && (predicted[k] ?? 0) > 0);
    const classes = [...truly.keys()].filter(counted);
    const slopes = {
      right: new Float64Array(truly.length),
      truly: new Float64Array(truly.length),
      predicted: new Float64Array(truly.length),
    };
    const parts = new Float64Array(classes.length);
    classes.forEach((k, place) => {
      const t = truly[k] ?? 0;
      const below = divisor(part, t, predicted[k] ?? 0);
      const score = below === 0 ? 0 : (right[k] ?? 0) / below;
      const share = average === "weighted" ? t / total : 1 / classes.length;
      parts[place] = share * score;
      if (below > 0) {
        slopes.right[k] = share / below;
        slopes.truly[k] = -share * divisor(part, 1, 0) * (score / below);
        slopes.predicted[k] = -share * divisor(part, 0, 1) * (score / below);
      }
      if (average === "weighted") slopes.truly[k] = (slopes.truly[k] ?? 0) + score / total;
    });
    return { value: sum(parts), ...slopes };
  };
}
