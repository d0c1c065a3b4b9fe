import type { RowsTask } from "../../documents/evaluation.ts";
import { effectiveRows } from "../../statistics/effective-rows.ts";
import { sumOf } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { classesOf, positiveOf } from "./classes.ts";

/** Cells of a binary confusion table: 0 true negative, 1 false positive, 2 false negative, 3 true positive. */
interface Rate {
  /** What each cell counts as: 1 success, 0 failure, −1 outside the denominator. */
  cells: readonly [number, number, number, number];
  /** The reason when the denominator is empty. */
  empty: string;
}

/** The rates of a binary classification, defined as in scikit-learn's confusion matrix. */
export const BINARY_RATES: ReadonlyMap<string, Rate> = new Map<string, Rate>([
  ["precision", { cells: [-1, 0, -1, 1], empty: "no-predicted-positives" }],
  ["recall", { cells: [-1, -1, 0, 1], empty: "no-positives" }],
  ["specificity", { cells: [1, 0, -1, -1], empty: "no-negatives" }],
  ["npv", { cells: [1, -1, 0, -1], empty: "no-predicted-negatives" }],
  ["fpr", { cells: [0, 1, -1, -1], empty: "no-negatives" }],
  ["fnr", { cells: [-1, -1, 1, 0], empty: "no-positives" }],
  ["selection_rate", { cells: [0, 1, 0, 1], empty: "no-rows" }],
]);

/** A weighted share: value Σw·success / Σw, influence w·(success − value) / Σw within the denominator. */
export function rateOf(outcomes: Int8Array, weights: Float64Array, empty: string): Measured | Undefined {
  const n = outcomes.length;
  const trials = sumOf(n, (i) => ((outcomes[i] ?? -1) >= 0 ? (weights[i] ?? 0) : 0));
  if (trials === 0) return { undefined: empty };
  const successes = sumOf(n, (i) => (outcomes[i] === 1 ? (weights[i] ?? 0) : 0));
  const value = successes / trials;
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const outcome = outcomes[i] ?? -1;
    if (outcome >= 0) influence[i] = ((weights[i] ?? 0) * (outcome - value)) / trials;
  }
  const support = effectiveRows(weights.filter((_, i) => (outcomes[i] ?? -1) >= 0));
  return { value, n, influence, kind: "rate", successes, trials, outcomes, support };
}

/** The share of rows whose prediction equals (or, for `error_rate`, differs from) the label. Equals sklearn's `accuracy_score`. */
export function accuracy(rows: RowTable, at: Int32Array | undefined, right: 0 | 1): Measured | Undefined {
  const classes = classesOf(rows, at);
  if ("undefined" in classes) return classes;
  const outcomes = new Int8Array(classes.truth.length);
  for (let i = 0; i < outcomes.length; i++) outcomes[i] = classes.truth[i] === classes.predicted[i] ? right : 1 - right;
  return rateOf(outcomes, classes.weights, "no-rows");
}

/** One of BINARY_RATES over the rows. Equals sklearn's, where an empty denominator is a reason instead of its 0. */
export function binaryRate(
  rate: Rate,
  rows: RowTable,
  task: RowsTask,
  at: Int32Array | undefined,
): Measured | Undefined {
  const cells = binaryCells(rows, task, at);
  if ("undefined" in cells) return cells;
  return rateOf(
    Int8Array.from(cells.cells, (cell) => rate.cells[cell] ?? -1),
    cells.weights,
    rate.empty,
  );
}

/** Each row's cell of the binary confusion table. */
export function binaryCells(
  rows: RowTable,
  task: RowsTask,
  at: Int32Array | undefined,
): { cells: Uint8Array; weights: Float64Array } | Undefined {
  const positive = positiveOf(task);
  if (typeof positive !== "string") return positive;
  const classes = classesOf(rows, at);
  if ("undefined" in classes) return classes;
  const code = classes.names.indexOf(positive);
  const cells = new Uint8Array(classes.truth.length);
  for (let i = 0; i < cells.length; i++) {
    cells[i] = (classes.truth[i] === code ? 2 : 0) + (classes.predicted[i] === code ? 1 : 0);
  }
  return { cells, weights: classes.weights };
}
