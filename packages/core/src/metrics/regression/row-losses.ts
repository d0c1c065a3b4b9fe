import type { Measured, Undefined } from "../measured.ts";
import { rowMean } from "../row-mean.ts";
import type { Pairs } from "./pairs.ts";

/** What one row with label y and prediction f counts. */
export type RowLoss = (y: number, f: number) => number;

/** A label of 0 counts as this much in mape, as in scikit-learn: the spacing of doubles at 1. */
const EPSILON = 2 ** -52;

const LOSSES: ReadonlyMap<string, RowLoss> = new Map<string, RowLoss>([
  ["mae", (y, f) => Math.abs(y - f)],
  ["mse", (y, f) => (y - f) ** 2],
  ["mape", (y, f) => Math.abs(y - f) / Math.max(Math.abs(y), EPSILON)],
  ["smape", (y, f) => (y === f ? 0 : (2 * Math.abs(y - f)) / (Math.abs(y) + Math.abs(f)))],
  ["bias", (y, f) => f - y],
]);

/** The quantile that `pinball@alpha=0.9` is the loss of; between 0 and 1, both left out. */
export function parsePinball(name: string): number | undefined {
  const alpha = Number(/^pinball@alpha=(\d*\.?\d+)$/.exec(name)?.[1]);
  return alpha > 0 && alpha < 1 ? alpha : undefined;
}

/**
 * The row loss whose mean is the metric: mae, mse, mape, smape (0 to 2; 0/0 is 0), bias (prediction − label) or `pinball@alpha=…`.
 * All but smape and bias equal sklearn's of that name.
 */
export function rowLossOf(metric: string): RowLoss | undefined {
  const alpha = parsePinball(metric);
  if (alpha === undefined) return LOSSES.get(metric);
  return (y, f) => (y >= f ? alpha * (y - f) : (1 - alpha) * (f - y));
}

/** The weighted mean of a row loss. */
export function meanLoss(loss: RowLoss, { truth, predicted, weights }: Pairs): Measured | Undefined {
  return rowMean(
    truth.map((y, i) => loss(y, predicted[i] ?? 0)),
    weights,
  );
}
