import type { RowsTask } from "../../documents/evaluation.ts";
import { allFinite } from "../../statistics/all-finite.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { categoriesOf, numbersOf, weightsOf } from "../columns.ts";
import type { Undefined } from "../measured.ts";
import { ranked } from "../order.ts";
import { remembered } from "../remembered.ts";
import { squaresByCell, weightsByCell } from "./by-cell.ts";
import { positiveOf } from "./classes.ts";

/** Which rows are positive (1 or 0), with scores, weights and both classes' total weights. */
export interface Scored {
  positive: Uint8Array;
  scores: Float64Array;
  weights: Float64Array;
  positives: number;
  negatives: number;
  /** Kish's effective numbers of positive and of negative rows. */
  positiveSupport: number;
  negativeSupport: number;
  /** No row has a weight of its own. */
  plain: boolean;
}

const kept = remembered<Scored | Undefined>();

/**
 * Label, `score` (else `score:POSITIVE`) and weight of the rows of a binary classification, or why there is none.
 * The same object for the same rows, so that all metrics of a score share one sort.
 */
export function scoredOf(rows: RowTable, task: RowsTask, at: Int32Array | undefined): Scored | Undefined {
  const positiveClass = positiveOf(task);
  if (typeof positiveClass !== "string") return positiveClass;
  const own = `score:${positiveClass}`;
  const column = rows.columns.has("score") || !rows.columns.has(own) ? "score" : own;
  return classScoredOf(rows, at, positiveClass, column);
}

/** The rows of one class against all others, scored by a column; the same object for the same rows. */
export function classScoredOf(
  rows: RowTable,
  at: Int32Array | undefined,
  positiveClass: string,
  column: string,
): Scored | Undefined {
  return kept(rows, at, JSON.stringify([positiveClass, column]), () => {
    const label = categoriesOf(rows, "label", at);
    if ("undefined" in label) return label;
    const isPositive = Uint8Array.from(label.names, (name) => (name === positiveClass ? 1 : 0));
    return scoredBy(sidesOf(label.codes, isPositive), rows, at, column);
  });
}

/** What `isPositive` says of each row's class. */
function sidesOf(codes: Int32Array, isPositive: Uint8Array): Uint8Array {
  const sides = new Uint8Array(codes.length);
  for (let i = 0; i < sides.length; i++) sides[i] = isPositive[codes[i] ?? 0] ?? 0;
  return sides;
}

/** The rows with given sides, scored by a column. */
export function scoredBy(
  positive: Uint8Array,
  rows: RowTable,
  at: Int32Array | undefined,
  column: string,
): Scored | Undefined {
  const scores = numbersOf(rows, column, at);
  if ("undefined" in scores) return scores;
  const weights = weightsOf(rows, at);
  if ("undefined" in weights) return weights;
  if (scores.length === 0) return { undefined: "no-rows" };
  if (!allFinite(scores)) return { undefined: "score-not-finite" };
  return scoredFrom(positive, scores, weights, !rows.columns.has("weight"));
}

/** Joins sides, finite scores and weights of the same rows. */
export function scoredFrom(positive: Uint8Array, scores: Float64Array, weights: Float64Array, plain: boolean): Scored {
  const [negatives = 0, positives = 0] = weightsByCell(positive, weights, 2, plain);
  const [q = 0, p = 0] = plain ? [negatives, positives] : squaresByCell(positive, weights, 2);
  return {
    positive,
    scores,
    weights,
    positives,
    negatives,
    positiveSupport: p === 0 ? 0 : (positives * positives) / p,
    negativeSupport: q === 0 ? 0 : (negatives * negatives) / q,
    plain,
  };
}

/** The rows of equal score, from the highest score down: rows `order[start] … order[end − 1]`, with the weights in the group. */
export interface Ties {
  order: Uint32Array;
  /** By place in the order: 1 a positive row, 0 a negative one. */
  sides: Uint8Array;
  ends: Int32Array;
  /** Sums of weights by group: whole numbers where no row has one of its own. */
  positives: Float64Array | Uint32Array;
  negatives: Float64Array | Uint32Array;
}

const tied = new WeakMap<Scored, Ties>();

/** Groups the rows by score; remembered for each `scored`. */
export function tiesOf(scored: Scored): Ties {
  const before = tied.get(scored);
  if (before !== undefined) return before;
  const ties = scored.plain ? counted(scored) : weighed(scored);
  tied.set(scored, ties);
  return ties;
}

/** Groups rows that count as they are. */
function counted({ positive, scores }: Scored): Ties {
  const { rows: order, begins } = ranked(scores);
  const sides = new Uint8Array(order.length);
  const ends = new Int32Array(order.length);
  const positives = new Uint32Array(order.length);
  const groups = 1 + countUp({ order, sides, ends, positives }, begins, positive);
  const found = { order, sides, ends: ends.subarray(0, groups), positives: positives.subarray(0, groups) };
  return { ...found, negatives: countApart(found) };
}

/** Fills in sides, ends and the positive rows from the top to the end of each group; gives the last group. */
function countUp(
  { order, sides, ends, positives }: Omit<Ties, "negatives">,
  begins: Uint8Array,
  positive: Uint8Array,
): number {
  let group = -1;
  let above = 0;
  // Every place writes its group anew: no branch to guess.
  for (let place = 0; place < order.length; place++) {
    const side = positive[order[place] ?? 0] ?? 0;
    group += begins[place] ?? 0;
    above += side;
    sides[place] = side;
    ends[group] = place + 1;
    positives[group] = above;
  }
  return group;
}

/** Makes the positive rows from the top those of each group alone; gives its negative ones. */
function countApart({ ends, positives }: Omit<Ties, "negatives">): Uint32Array {
  const negatives = new Uint32Array(ends.length);
  let start = 0;
  let before = 0;
  for (let g = 0; g < negatives.length; g++) {
    const end = ends[g] ?? 0;
    const above = positives[g] ?? 0;
    positives[g] = above - before;
    negatives[g] = end - start - (above - before);
    start = end;
    before = above;
  }
  return negatives;
}

/** Groups rows with weights. */
function weighed({ positive, scores, weights }: Scored): Ties {
  const { rows: order, begins } = ranked(scores);
  const n = order.length;
  const sides = new Uint8Array(n);
  const ends = new Int32Array(n);
  const positives = new Float64Array(n);
  const negatives = new Float64Array(n);
  let group = -1;
  for (let place = 0; place < n; place++) {
    const row = order[place] ?? 0;
    const weight = weights[row] ?? 0;
    const side = positive[row] ?? 0;
    group += begins[place] ?? 0;
    sides[place] = side;
    ends[group] = place + 1;
    positives[group] = (positives[group] ?? 0) + (side === 1 ? weight : 0);
    negatives[group] = (negatives[group] ?? 0) + (side === 1 ? 0 : weight);
  }
  const groups = group + 1;
  return {
    order,
    sides,
    ends: ends.subarray(0, groups),
    positives: positives.subarray(0, groups),
    negatives: negatives.subarray(0, groups),
  };
}
