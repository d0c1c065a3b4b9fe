import { effectiveRows } from "../../statistics/effective-rows.ts";
import { sum } from "../../statistics/sum.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { remembered } from "../remembered.ts";
import type { SharedClasses } from "../shared-classes.ts";
import { type Classes, classesOf, classKey } from "./classes.ts";

/** The pairs of label and prediction that occur, in ascending order, and each row's pair. */
interface Cells {
  of: Int32Array;
  truth: Int32Array;
  predicted: Int32Array;
}

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

/** More pairs of classes than this are looked up one by one. */
const MOST_PAIRS = 4_000_000;

/** Numbers the pairs that occur. */
function cellsOf({ truth, predicted, names }: Classes): Cells {
  const n = truth.length;
  const size = names.length;
  const of = new Int32Array(n);
  if (size * size > MOST_PAIRS) return rareCellsOf({ truth, predicted, names });
  const place = new Int32Array(size * size);
  for (let i = 0; i < n; i++) place[(truth[i] ?? 0) * size + (predicted[i] ?? 0)] = 1;
  const pairs: number[] = [];
  for (let pair = 0; pair < place.length; pair++) if (place[pair] === 1) place[pair] = pairs.push(pair) - 1;
  for (let i = 0; i < n; i++) of[i] = place[(truth[i] ?? 0) * size + (predicted[i] ?? 0)] ?? 0;
  return { of, ...split(pairs, size) };
}

function rareCellsOf({ truth, predicted, names }: Pick<Classes, "truth" | "predicted" | "names">): Cells {
  const size = names.length;
  const pairOf = (i: number) => (truth[i] ?? 0) * size + (predicted[i] ?? 0);
  const seen = new Set<number>();
  for (let i = 0; i < truth.length; i++) seen.add(pairOf(i));
  const pairs = [...seen].sort((a, b) => a - b);
  const place = new Map(pairs.map((pair, cell) => [pair, cell]));
  const of = new Int32Array(truth.length);
  for (let i = 0; i < of.length; i++) of[i] = place.get(pairOf(i)) ?? 0;
  return { of, ...split(pairs, size) };
}

function split(pairs: readonly number[], size: number): Pick<Cells, "truth" | "predicted"> {
  return {
    truth: Int32Array.from(pairs, (pair) => Math.floor(pair / size)),
    predicted: Int32Array.from(pairs, (pair) => pair % size),
  };
}

function tally(rows: RowTable, at: Int32Array | undefined, shared: SharedClasses): Tallied | Undefined {
  return kept(rows, at, classKey(shared.classes), () => {
    const classes = classesOf(rows, at, shared.classes);
    if ("undefined" in classes) return classes;
    const cells = cellsOf(classes);
    const counts = weightsByCell(cells.of, classes.weights, cells.truth.length, !rows.columns.has("weight"));
    return { classes, cells, counts, support: effectiveRows(classes.weights) };
  });
}

/** The sums of weights by cell, with compensation (Neumaier 1974); `plain`: all weights are 1. */
export function weightsByCell(
  of: Int32Array | Uint8Array,
  weights: Float64Array,
  size: number,
  plain: boolean,
): Float64Array {
  const counts = new Float64Array(size);
  if (plain) {
    for (let i = 0; i < of.length; i++) {
      const cell = of[i] ?? 0;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    return counts;
  }
  const lost = new Float64Array(size);
  for (let i = 0; i < of.length; i++) {
    const cell = of[i] ?? 0;
    const weight = weights[i] ?? 0;
    const before = counts[cell] ?? 0;
    const next = before + weight;
    lost[cell] = (lost[cell] ?? 0) + (before >= weight ? before - next + weight : weight - next + before);
    counts[cell] = next;
  }
  for (let cell = 0; cell < size; cell++) counts[cell] = (counts[cell] ?? 0) + (lost[cell] ?? 0);
  return counts;
}

/** The sums of squared weights by cell. */
export function squaresByCell(of: Int32Array | Uint8Array, weights: Float64Array, size: number): Float64Array {
  const squares = new Float64Array(size);
  for (let i = 0; i < of.length; i++) {
    const weight = weights[i] ?? 0;
    const cell = of[i] ?? 0;
    squares[cell] = (squares[cell] ?? 0) + weight * weight;
  }
  return squares;
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
  const slopes = metric.slopes(confusion, value);
  const influence = influenceByCell(slopes, counts, cells.of, classes.weights);
  const measured: Measured = { value, n: influence.length, influence, kind: "ratio", support };
  if (rows.columns.has("weight")) return measured;
  const scratch = emptyConfusion(cells, size, absent);
  const again = (drawn: Float64Array) => {
    const other = fill(scratch, drawn).total === 0 ? undefined : metric.value(scratch);
    return typeof other === "number" && Number.isFinite(other) ? other : undefined;
  };
  return { ...measured, cells: { of: cells.of, size: counts.length, value: again } };
}

/** Gives each row its cell's slope less the mean slope, times its weight. */
export function influenceByCell(
  slopes: Float64Array,
  counts: Float64Array,
  of: Int32Array,
  weights: Float64Array,
): Float64Array {
  const mean = sum(slopes.map((slope, cell) => slope * (counts[cell] ?? 0))) / sum(counts);
  const centred = slopes.map((slope) => slope - mean);
  const influence = new Float64Array(of.length);
  for (let i = 0; i < of.length; i++) influence[i] = (centred[of[i] ?? 0] ?? 0) * (weights[i] ?? 0);
  return influence;
}
