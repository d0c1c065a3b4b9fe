import type { RowsTask } from "../../documents/evaluation.ts";
import { sumOf } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { categoriesOf, numbersOf, weightsOf } from "../columns.ts";
import type { Undefined } from "../measured.ts";
import { descending } from "../order.ts";
import { positiveOf } from "./classes.ts";

/** Which rows are positive (1 or 0), with scores, weights and both classes' total weights. */
export interface Scored {
  positive: Uint8Array;
  scores: Float64Array;
  weights: Float64Array;
  positives: number;
  negatives: number;
}

/** Label, `score` (else `score:POSITIVE`) and weight of the rows of a binary classification, or why there is none. */
export function scoredOf(rows: RowTable, task: RowsTask, at: Int32Array | undefined): Scored | Undefined {
  const positiveClass = positiveOf(task);
  if (typeof positiveClass !== "string") return positiveClass;
  const label = categoriesOf(rows, "label", at);
  if ("undefined" in label) return label;
  const own = `score:${positiveClass}`;
  const scores = numbersOf(rows, rows.columns.has("score") || !rows.columns.has(own) ? "score" : own, at);
  if ("undefined" in scores) return scores;
  const weights = weightsOf(rows, at);
  if ("undefined" in weights) return weights;
  if (scores.length === 0) return { undefined: "no-rows" };
  const code = label.names.indexOf(positiveClass);
  const positive = Uint8Array.from(label.codes, (c) => (c === code ? 1 : 0));
  const n = positive.length;
  const positives = sumOf(n, (i) => (positive[i] === 1 ? (weights[i] ?? 0) : 0));
  const negatives = sumOf(n, (i) => (positive[i] === 1 ? 0 : (weights[i] ?? 0)));
  return { positive, scores, weights, positives, negatives };
}

/** The rows of equal score, from the highest score down: rows `order[start] … order[end − 1]`, with the weights in the group. */
export interface Ties {
  order: Uint32Array;
  ends: Int32Array;
  positives: Float64Array;
  negatives: Float64Array;
}

/** Groups the rows by score. */
export function tiesOf({ positive, scores, weights }: Scored): Ties {
  const order = descending(scores);
  const n = order.length;
  const ends = new Int32Array(n);
  const positives = new Float64Array(n);
  const negatives = new Float64Array(n);
  let groups = 0;
  for (let place = 0; place < n; place++) {
    const row = order[place] ?? 0;
    const weight = weights[row] ?? 0;
    const side = positive[row] === 1 ? positives : negatives;
    side[groups] = (side[groups] ?? 0) + weight;
    if (place + 1 === n || scores[order[place + 1] ?? 0] !== scores[row]) ends[groups++] = place + 1;
  }
  return {
    order,
    ends: ends.subarray(0, groups),
    positives: positives.subarray(0, groups),
    negatives: negatives.subarray(0, groups),
  };
}

/** Gives each row the value of its tie group: `onPositive[g]` or `onNegative[g]`. */
export function spread(scored: Scored, ties: Ties, onPositive: Float64Array, onNegative: Float64Array): Float64Array {
  const values = new Float64Array(scored.scores.length);
  let place = 0;
  for (let g = 0; g < ties.ends.length; g++) {
    for (; place < (ties.ends[g] ?? 0); place++) {
      const row = ties.order[place] ?? 0;
      values[row] = (scored.positive[row] === 1 ? onPositive[g] : onNegative[g]) ?? 0;
    }
  }
  return values;
}
