import type { RowTable } from "../../tables/row-table.ts";
import { categoriesOf, numbersOf, weightsOf } from "../columns.ts";
import type { Measured, Undefined } from "../measured.ts";
import { rowMean } from "../row-mean.ts";
import type { Scored } from "./scored.ts";

/** A probability of 0 counts as this much, as in scikit-learn: the spacing of doubles at 1. */
const LEAST = 2 ** -52;

/** How far the scores of a row may be from adding up to 1. */
const TOLERANCE = 1e-4;

const logLossOf = (p: number) => -Math.log(Math.min(1 - LEAST, Math.max(LEAST, p)));

function areProbabilities(scores: Float64Array): boolean {
  return scores.every((p) => p >= 0 && p <= 1);
}

/** The mean of −ln p of the true class, in nats, for a binary score. Equals sklearn's `log_loss`. */
export function logLoss({ positive, scores, weights }: Scored): Measured | Undefined {
  if (!areProbabilities(scores)) return { undefined: "score-not-probability" };
  return rowMean(
    scores.map((p, i) => logLossOf(positive[i] === 1 ? p : 1 - p)),
    weights,
  );
}

/** The mean of (p − y)², 0 to 1, for a binary score. Equals sklearn's `brier_score_loss`. */
export function brier({ positive, scores, weights }: Scored): Measured | Undefined {
  if (!areProbabilities(scores)) return { undefined: "score-not-probability" };
  return rowMean(
    scores.map((p, i) => (p - (positive[i] ?? 0)) ** 2),
    weights,
  );
}

/** The mean of −ln p of the true class over the columns `score:CLASS`. Equals sklearn's `log_loss` where the scores of a row add up to 1. */
export function logLossMulticlass(rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const label = categoriesOf(rows, "label", at);
  if ("undefined" in label) return label;
  const weights = weightsOf(rows, at);
  if ("undefined" in weights) return weights;
  const byClass = new Map<string, Float64Array>();
  for (const column of rows.columns.keys()) {
    if (!column.startsWith("score:")) continue;
    const scores = numbersOf(rows, column, at);
    if ("undefined" in scores) return scores;
    if (!areProbabilities(scores)) return { undefined: "score-not-probability" };
    byClass.set(column.slice("score:".length), scores);
  }
  const n = label.codes.length;
  const totals = new Float64Array(n);
  for (const scores of byClass.values()) for (let i = 0; i < n; i++) totals[i] = (totals[i] ?? 0) + (scores[i] ?? 0);
  if (byClass.size > 0 && totals.some((total) => Math.abs(total - 1) > TOLERANCE))
    return { undefined: "score-not-probability" };
  const columns = label.names.map((name) => byClass.get(name));
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const scores = columns[label.codes[i] ?? -1];
    if (scores === undefined) return { undefined: "no-score" };
    values[i] = logLossOf(scores[i] ?? 0);
  }
  return rowMean(values, weights);
}
