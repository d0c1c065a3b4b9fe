import type { Measured, Undefined } from "../measured.ts";
import type { BinaryTable } from "./binary-table.ts";
import { measuredByCell } from "./by-cell.ts";

type Cells = readonly [tn: number, fp: number, fn: number, tp: number];

/** A ratio of two sums over the cells of a binary confusion table. */
export interface BinaryMetric {
  above: Cells;
  below: Cells;
  /** The reason when the divisor is 0. */
  empty: string;
  /** The Jaccard share carries over, see `fromShare` of Measured. */
  fromJaccard?: (share: number) => number;
}

/** The metrics of a binary confusion table by name, as defined in scikit-learn. */
export const BINARY_METRICS: ReadonlyMap<string, BinaryMetric> = new Map<string, BinaryMetric>([
  ["precision", { above: [0, 0, 0, 1], below: [0, 1, 0, 1], empty: "no-predicted-positives" }],
  ["recall", { above: [0, 0, 0, 1], below: [0, 0, 1, 1], empty: "no-positives" }],
  ["specificity", { above: [1, 0, 0, 0], below: [1, 1, 0, 0], empty: "no-negatives" }],
  ["npv", { above: [1, 0, 0, 0], below: [1, 0, 1, 0], empty: "no-predicted-negatives" }],
  ["fpr", { above: [0, 1, 0, 0], below: [1, 1, 0, 0], empty: "no-negatives" }],
  ["fnr", { above: [0, 0, 1, 0], below: [0, 0, 1, 1], empty: "no-positives" }],
  ["selection_rate", { above: [0, 1, 0, 1], below: [1, 1, 1, 1], empty: "no-rows" }],
  ["jaccard", { above: [0, 0, 0, 1], below: [0, 1, 1, 1], empty: "no-positives" }],
]);

/** Whether every row counts as right or wrong on its own, for a binary table. */
export const BINARY_ACCURACY: BinaryMetric = { above: [1, 0, 0, 1], below: [1, 1, 1, 1], empty: "no-rows" };

/** F-beta: (1 + β²) tp / ((1 + β²) tp + β² fn + fp). F1 = 2J / (1 + J) of Jaccard's share J, so that J's interval carries over. */
export function fBetaMetric(beta: number): BinaryMetric {
  const square = beta * beta;
  const metric: BinaryMetric = {
    above: [0, 0, 0, 1 + square],
    below: [0, 1, square, 1 + square],
    empty: "no-positives",
  };
  return beta === 1 ? { ...metric, fromJaccard: (j) => (2 * j) / (1 + j) } : metric;
}

function over(cells: Cells, counts: Float64Array): number {
  const [tn, fp, fn, tp] = cells;
  return tn * (counts[0] ?? 0) + fp * (counts[1] ?? 0) + fn * (counts[2] ?? 0) + tp * (counts[3] ?? 0);
}

/** What each cell counts as in a share: 1 success, 0 failure, −1 outside; undefined for a ratio that is no share of rows. */
function outcomesByCell({ above, below }: BinaryMetric): Int8Array | undefined {
  const share = [0, 1, 2, 3].every((k) => below[k] === 0 || (below[k] === 1 && (above[k] === 0 || above[k] === 1)));
  return share ? Int8Array.from(below, (under, k) => (under === 0 ? -1 : (above[k] ?? 0))) : undefined;
}

/** Kish's effective number of the rows in some cells. */
function supportOf({ counts, squares }: BinaryTable, inside: (cell: number) => boolean): number {
  let [total, square] = [0, 0];
  for (let cell = 0; cell < 4; cell++) {
    if (!inside(cell)) continue;
    total += counts[cell] ?? 0;
    square += squares[cell] ?? 0;
  }
  return square === 0 ? 0 : (total * total) / square;
}

/** What one row of a class, of the usual weight, makes when it changes between the two cells of the class. */
function oneRowOf({ counts, squares }: BinaryTable, slopes: Float64Array, wrong: number, right: number): number {
  const total = (counts[wrong] ?? 0) + (counts[right] ?? 0);
  if (total === 0) return 0;
  const weight = ((squares[wrong] ?? 0) + (squares[right] ?? 0)) / total;
  return weight * Math.abs((slopes[right] ?? 0) - (slopes[wrong] ?? 0));
}

/** Measures a ratio of cells; an empty divisor is a reason instead of sklearn's 0. */
export function measureBinary(metric: BinaryMetric, table: BinaryTable): Measured | Undefined {
  const { of, weights, counts } = table;
  const divisor = over(metric.below, counts);
  if (divisor === 0) return { undefined: of.length === 0 ? "no-rows" : metric.empty };
  const successes = over(metric.above, counts);
  const value = successes / divisor;
  const slopes = Float64Array.from(metric.above, (part, k) => (part - value * (metric.below[k] ?? 0)) / divisor);
  const lut = outcomesByCell(metric);
  const support = supportOf(table, (cell) => (metric.below[cell] ?? 0) > 0);
  const measured: Omit<Measured, "influence"> = {
    value,
    n: of.length,
    kind: lut === undefined ? "ratio" : "rate",
    support,
    oneRow: Math.max(oneRowOf(table, slopes, 0, 1), oneRowOf(table, slopes, 2, 3)),
    ...(table.plain && { cells: { of, size: 4, slopes, value: (drawn) => ratioOf(metric, drawn) } }),
  };
  if (metric.fromJaccard !== undefined) {
    const trials = (counts[1] ?? 0) + (counts[2] ?? 0) + (counts[3] ?? 0);
    const share = { successes: counts[3] ?? 0, trials, fromShare: metric.fromJaccard };
    return measuredByCell({ ...measured, ...share }, slopes, of, weights);
  }
  if (lut === undefined) return measuredByCell(measured, slopes, of, weights);
  const outcomes = outcomesOf(lut, of);
  return measuredByCell({ ...measured, successes, trials: divisor, outcomes }, slopes, of, weights);
}

function outcomesOf(byCell: Int8Array, of: Uint8Array): Int8Array {
  const outcomes = new Int8Array(of.length);
  for (let i = 0; i < outcomes.length; i++) outcomes[i] = byCell[of[i] ?? 0] ?? -1;
  return outcomes;
}

function ratioOf(metric: BinaryMetric, counts: Float64Array): number | undefined {
  const divisor = over(metric.below, counts);
  return divisor === 0 ? undefined : over(metric.above, counts) / divisor;
}
