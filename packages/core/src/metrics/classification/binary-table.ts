import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Undefined } from "../measured.ts";
import { remembered } from "../remembered.ts";
import { squaresByCell, weightsByCell } from "./by-cell.ts";
import { type Classes, classesOf, positiveOf } from "./classes.ts";
import type { Scored } from "./scored.ts";

/** The rows by cell of a binary confusion table: 0 true negative, 1 false positive, 2 false negative, 3 true positive. */
export interface BinaryTable {
  of: Uint8Array;
  weights: Float64Array;
  /** Sums of weights and of their squares, by cell. */
  counts: Float64Array;
  squares: Float64Array;
  /** No row has a weight of its own. */
  plain: boolean;
}

const kept = remembered<BinaryTable | Undefined>();

/** Counts the rows of a label and a prediction column; the same object for the same rows. */
export function binaryTableOf(rows: RowTable, task: RowsTask, at: Int32Array | undefined): BinaryTable | Undefined {
  const positive = positiveOf(task);
  if (typeof positive !== "string") return positive;
  return kept(rows, at, positive, () => {
    const classes = classesOf(rows, at);
    if ("undefined" in classes) return classes;
    const isPositive = Uint8Array.from(classes.names, (name) => (name === positive ? 1 : 0));
    return binaryTable(cellsOf(classes, isPositive), classes.weights, !rows.columns.has("weight"));
  });
}

/** Each row's cell; `isPositive` by class, which leaves no branch to guess. */
function cellsOf({ truth, predicted }: Classes, isPositive: Uint8Array): Uint8Array {
  const of = new Uint8Array(truth.length);
  for (let i = 0; i < of.length; i++) {
    of[i] = 2 * (isPositive[truth[i] ?? 0] ?? 0) + (isPositive[predicted[i] ?? 0] ?? 0);
  }
  return of;
}

/** Counts rows whose cells are known. */
export function binaryTable(of: Uint8Array, weights: Float64Array, plain: boolean): BinaryTable {
  const counts = weightsByCell(of, weights, 4, plain);
  const squares = plain ? counts : squaresByCell(of, weights, 4);
  return { of, weights, counts, squares, plain };
}

/** Counts rows by whether their score is at least the threshold. */
export function binaryTableAt({ positive, scores, weights, plain }: Scored, threshold: number): BinaryTable {
  const of = new Uint8Array(scores.length);
  for (let i = 0; i < of.length; i++) of[i] = 2 * (positive[i] ?? 0) + ((scores[i] ?? 0) >= threshold ? 1 : 0);
  return binaryTable(of, weights, plain);
}
