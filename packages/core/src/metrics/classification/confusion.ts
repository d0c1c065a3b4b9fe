import { effectiveRows } from "../../statistics/effective-rows.ts";
import { sum } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { remembered } from "../remembered.ts";
import type { SharedClasses } from "../shared-classes.ts";
import { centredByCell, measuredByCell, weightsByCell } from "./by-cell.ts";
import { type Cells, cellsOf } from "./cells.ts";
import { type Classes, classesOf, classKey } from "./classes.ts";

/** The weighted counts of a confusion table over `classes` classes. */
export interface Confusion {
  classes: number;
  cells: Pick<Cells, "truth" | "predicted">;
  /** By cell. */
  counts: Float64Array;
  /** Right, truly and predicted, by class. */
  right: Float64Array;
  truly: Float64Array;
  predicted: Float64Array;
  total: number;
  /** Whether an average counts a class without any row as 0 or leaves it out. */
  absent: "zero" | "ignore";
}

/** A function of confusion counts. */
export interface CountMetric {
  value(counts: Confusion): number | Undefined;
  /** What one more in each cell changes, up to a constant that all cells share. */
  slopes(counts: Confusion, value: number): Float64Array;
}

/** The rows by cell, shared by all metrics of the same rows and classes. */
interface Tallied {
  classes: Classes;
  cells: Cells;
  counts: Float64Array;
  support: number;
}

const kept = remembered<Tallied | Undefined>();

function tally(rows: RowTable, at: Int32Array | undefined, shared: SharedClasses): Tallied | Undefined {
  return kept(rows, at, classKey(shared.classes), () => {
    const classes = classesOf(rows, at, shared.classes);
    if ("undefined" in classes) return classes;
    const cells = cellsOf(classes);
    const counts = weightsByCell(cells.of, classes.weights, cells.truth.length, !rows.columns.has("weight"));
    return { classes, cells, counts, support: effectiveRows(classes.weights) };
  });
}

/** An empty table of counts for the same cells, to be filled again and again. */
function emptyConfusion(cells: Cells, classes: number, absent: "zero" | "ignore"): Confusion {
  const none = new Float64Array(0);
  const byClass = () => new Float64Array(classes);
  return { classes, cells, counts: none, right: byClass(), truly: byClass(), predicted: byClass(), total: 0, absent };
}

/** Fills a table with counts by cell. */
function fill(into: Confusion, counts: Float64Array): Confusion {
  const { truth, predicted } = into.cells;
  into.counts = counts;
  into.right.fill(0);
  into.truly.fill(0);
  into.predicted.fill(0);
  into.total = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0;
    const t = truth[cell] ?? 0;
    const p = predicted[cell] ?? 0;
    into.truly[t] = (into.truly[t] ?? 0) + count;
    into.predicted[p] = (into.predicted[p] ?? 0) + count;
    if (t === p) into.right[t] = (into.right[t] ?? 0) + count;
    into.total += count;
  }
  return into;
}

/** What a row of weight 1 makes at the most when it moves from its own class to the most frequent other one. */
function oneRowOf(metric: CountMetric, confusion: Confusion, value: number): number {
  const { classes, truly } = confusion;
  const order = [...truly.keys()].sort((a, b) => (truly[b] ?? 0) - (truly[a] ?? 0));
  const [first = 0, second = 0] = order;
  const occurring = Int32Array.from(order.filter((k) => (truly[k] ?? 0) > 0));
  const wrong = occurring.map((k) => (k === first ? second : first));
  const size = occurring.length;
  if (classes < 2) return 0;
  const cells = { truth: Int32Array.of(...occurring, ...occurring), predicted: Int32Array.of(...occurring, ...wrong) };
  const slopes = metric.slopes({ ...confusion, cells, counts: new Float64Array(2 * size) }, value);
  let most = 0;
  for (let i = 0; i < size; i++) most = Math.max(most, Math.abs((slopes[i] ?? 0) - (slopes[size + i] ?? 0)));
  return most;
}

/**
 * Measures a metric of confusion counts over the rows: the influence of a row is its cell's slope less the mean slope, times its weight.
 * Without weights, `cells` gives the value for any other counts of the same cells.
 */
export function countMetric(
  metric: CountMetric,
  rows: RowTable,
  at: Int32Array | undefined,
  shared: SharedClasses,
): Measured | Undefined {
  const found = tally(rows, at, shared);
  if ("undefined" in found) return found;
  const { classes, cells, counts, support } = found;
  const absent = shared.absentClass ?? (at === undefined ? "zero" : "ignore");
  const size = classes.names.length;
  const confusion = fill(emptyConfusion(cells, size, absent), counts);
  const value = metric.value(confusion);
  if (typeof value !== "number") return value;
  const slopes = centredByCell(metric.slopes(confusion, value), counts);
  const oneRow = oneRowOf(metric, confusion, value) * (sum(counts) / support);
  const measured: Omit<Measured, "influence"> = { value, n: cells.of.length, kind: "ratio", support, oneRow };
  if (rows.columns.has("weight")) return measuredByCell(measured, slopes, cells.of, classes.weights);
  const scratch = emptyConfusion(cells, size, absent);
  const again = (drawn: Float64Array) => {
    const other = fill(scratch, drawn).total === 0 ? undefined : metric.value(scratch);
    return typeof other === "number" && Number.isFinite(other) ? other : undefined;
  };
  const counted = { ...measured, cells: { of: cells.of, size: counts.length, slopes, value: again } };
  return measuredByCell(counted, slopes, cells.of, classes.weights);
}
