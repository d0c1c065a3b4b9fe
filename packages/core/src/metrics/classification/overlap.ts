import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { binaryCells, rateOf } from "./rates.ts";

/** Jaccard's share tp / (tp + fp + fn) of the positive class. Equals sklearn's `jaccard_score`; 0/0 is a reason. */
export function jaccard(rows: RowTable, task: RowsTask, at: Int32Array | undefined): Measured | Undefined {
  const found = binaryCells(rows, task, at);
  if ("undefined" in found) return found;
  const outcomes = Int8Array.from(found.cells, (cell) => (cell === 0 ? -1 : cell === 3 ? 1 : 0));
  return rateOf(outcomes, found.weights, "no-positives");
}

/** F1 = 2J / (1 + J) of Jaccard's share J, so that J's interval carries over. Equals sklearn's `f1_score`; 0/0 is a reason. */
export function f1(rows: RowTable, task: RowsTask, at: Int32Array | undefined): Measured | Undefined {
  const share = jaccard(rows, task, at);
  if ("undefined" in share) return share;
  const { outcomes: _outcomes, ...rest } = share;
  const slope = 2 / (1 + share.value) ** 2;
  const fromShare = (j: number) => (2 * j) / (1 + j);
  return {
    ...rest,
    kind: "ratio",
    value: fromShare(share.value),
    influence: share.influence.map((d) => d * slope),
    fromShare,
  };
}
