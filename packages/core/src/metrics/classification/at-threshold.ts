import type { Measured, Undefined } from "../measured.ts";
import { decimal } from "./metric-names.ts";
import { rateOf } from "./rates.ts";
import { type Scored, tiesOf } from "./scored.ts";

/** What is measured at the best threshold that keeps a limit on something else. */
export interface AtThreshold {
  metric: "recall" | "precision";
  limit: "fpr" | "precision" | "recall";
  bound: number;
}

/** Reads `recall@fpr=0.01`, `recall@precision=0.9` or `precision@recall=0.8`; the bound is 0 to 1. */
export function parseAtThreshold(name: string): AtThreshold | undefined {
  const match = /^(recall@fpr|recall@precision|precision@recall)=(.+)$/.exec(name);
  const bound = decimal(match?.[2], 1);
  if (bound === undefined) return undefined;
  if (match?.[1] === "recall@fpr") return { metric: "recall", limit: "fpr", bound };
  if (match?.[1] === "recall@precision") return { metric: "recall", limit: "precision", bound };
  return { metric: "precision", limit: "recall", bound };
}

/**
 * The best recall with at most the bound's false positive rate (or at least its precision), or the best precision with at least
 * its recall: sklearn's `max(tpr[fpr <= x])` and the like over every threshold. The influence is that of the rate at the threshold
 * found, which counts as fixed.
 */
export function atThreshold(wanted: AtThreshold, scored: Scored): Measured | Undefined {
  const { positives, negatives, weights, positive } = scored;
  if (positives === 0) return { undefined: "no-positives" };
  if (wanted.limit === "fpr" && negatives === 0) return { undefined: "no-negatives" };
  const ties = tiesOf(scored);
  let best = wanted.limit === "fpr" ? 0 : -1;
  let called = 0;
  let truePositives = 0;
  let falsePositives = 0;
  for (let g = 0; g < ties.ends.length; g++) {
    truePositives += ties.positives[g] ?? 0;
    falsePositives += ties.negatives[g] ?? 0;
    const recall = truePositives / positives;
    const precision = truePositives + falsePositives === 0 ? 0 : truePositives / (truePositives + falsePositives);
    const kept =
      wanted.limit === "fpr"
        ? falsePositives / negatives <= wanted.bound
        : (wanted.limit === "precision" ? precision : recall) >= wanted.bound;
    const value = wanted.metric === "recall" ? recall : precision;
    if (kept && value > best) {
      best = value;
      called = ties.ends[g] ?? 0;
    }
  }
  if (best < 0) return { undefined: "no-threshold" };
  const outcomes = new Int8Array(positive.length);
  for (let place = 0; place < positive.length; place++) {
    const row = ties.order[place] ?? 0;
    if (wanted.metric === "recall") outcomes[row] = positive[row] === 1 ? (place < called ? 1 : 0) : -1;
    else outcomes[row] = place < called ? (positive[row] ?? 0) : -1;
  }
  const found = rateOf(outcomes, weights, false, "no-predicted-positives");
  return "undefined" in found ? found : { ...found, fixedThreshold: true };
}
