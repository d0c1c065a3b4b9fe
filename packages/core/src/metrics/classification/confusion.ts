import { effectiveRows } from "../../statistics/effective-rows.ts";
import { sum } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { type Classes, classesOf } from "./classes.ts";

/** The weighted counts of a multiclass confusion table that the metrics below need. */
export interface Confusion {
  /** Right, truly and predicted, by class. */
  right: Float64Array;
  truly: Float64Array;
  predicted: Float64Array;
  total: number;
}

/** A metric of those counts with its slope per count: a cell (t, p) has the slope `truly[t] + predicted[p]`, and `right[t]` when t = p. */
export interface CountMetric {
  value: number;
  right: Float64Array;
  truly: Float64Array;
  predicted: Float64Array;
}

/** Counts labels and predictions by class. */
function countsOf({ truth, predicted, names, weights }: Classes): Confusion {
  const counts: Confusion = {
    right: new Float64Array(names.length),
    truly: new Float64Array(names.length),
    predicted: new Float64Array(names.length),
    total: sum(weights),
  };
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i] ?? -1;
    const p = predicted[i] ?? -1;
    const w = weights[i] ?? 0;
    counts.truly[t] = (counts.truly[t] ?? 0) + w;
    counts.predicted[p] = (counts.predicted[p] ?? 0) + w;
    if (t === p) counts.right[t] = (counts.right[t] ?? 0) + w;
  }
  return counts;
}

/** Measures a metric of confusion counts over the rows: the influence of a row is its cell's slope less the mean slope, times its weight. */
export function countMetric(
  metric: (counts: Confusion) => CountMetric | Undefined,
  rows: RowTable,
  at: Int32Array | undefined,
): Measured | Undefined {
  const classes = classesOf(rows, at);
  if ("undefined" in classes) return classes;
  const counts = countsOf(classes);
  const found = metric(counts);
  if ("undefined" in found) return found;
  const n = classes.truth.length;
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const t = classes.truth[i] ?? -1;
    const p = classes.predicted[i] ?? -1;
    influence[i] = (found.truly[t] ?? 0) + (found.predicted[p] ?? 0) + (t === p ? (found.right[t] ?? 0) : 0);
  }
  const { weights } = classes;
  const mean = sum(influence.map((slope, i) => slope * (weights[i] ?? 0))) / counts.total;
  for (let i = 0; i < n; i++) influence[i] = ((influence[i] ?? 0) - mean) * (weights[i] ?? 0);
  return { value: found.value, n, influence, kind: "ratio", support: effectiveRows(weights) };
}
