import { sumOf } from "../../statistics/sum.ts";
import type { Undefined } from "../measured.ts";
import type { Confusion, CountMetric } from "./confusion.ts";

/** By cell: `own` of its label and prediction, and `same` where they are one class. */
export function slopesByCell(
  { cells, counts }: Confusion,
  own: (truly: number, predicted: number) => number,
): Float64Array {
  const slopes = new Float64Array(counts.length);
  for (let cell = 0; cell < slopes.length; cell++) {
    slopes[cell] = own(cells.truth[cell] ?? 0, cells.predicted[cell] ?? 0);
  }
  return slopes;
}

function spreads({ truly, predicted, total, classes }: Confusion): { x: number; y: number } {
  return {
    x: total * total - sumOf(classes, (k) => (predicted[k] ?? 0) ** 2),
    y: total * total - sumOf(classes, (k) => (truly[k] ?? 0) ** 2),
  };
}

/** How many classes have any count. */
function occupied(counts: Float64Array): number {
  let found = 0;
  for (const count of counts) if (count > 0) found++;
  return found;
}

/** Matthews' correlation of labels and predictions, −1 to 1. Equals sklearn's `matthews_corrcoef`; a constant side is a reason. */
export const mcc: CountMetric = {
  value(counts): number | Undefined {
    const { right, truly, predicted, total, classes } = counts;
    if (occupied(predicted) < 2) return { undefined: "one-predicted-class" };
    if (occupied(truly) < 2) return { undefined: "one-class" };
    const { x, y } = spreads(counts);
    const expected = sumOf(classes, (k) => (truly[k] ?? 0) * (predicted[k] ?? 0));
    return (sumOf(classes, (k) => right[k] ?? 0) * total - expected) / Math.sqrt(x * y);
  },
  slopes(counts, value) {
    const { truly, predicted, total } = counts;
    const { x, y } = spreads(counts);
    const root = Math.sqrt(x * y);
    // What `total` adds is the same in every cell.
    return slopesByCell(counts, (t, p) => {
      const own = (t === p ? total : 0) - (predicted[t] ?? 0) - (truly[p] ?? 0);
      return own / root + value * ((truly[t] ?? 0) / y + (predicted[p] ?? 0) / x);
    });
  },
};

/** How far apart two classes count, by their places in the order of classes. */
const DISTANCES = {
  none: (a: number, b: number) => (a === b ? 0 : 1),
  linear: (a: number, b: number) => Math.abs(a - b),
  quadratic: (a: number, b: number) => (a - b) ** 2,
};

/**
 * Cohen's kappa, at most 1: 1 − observed over expected disagreement. Equals sklearn's `cohen_kappa_score`, with its linear or quadratic
 * weights over the classes in order; when chance alone explains all, a reason.
 */
export function kappa(weights: keyof typeof DISTANCES): CountMetric {
  const distance = DISTANCES[weights];
  const seen = ({ cells, counts }: Confusion) =>
    sumOf(counts.length, (c) => (counts[c] ?? 0) * distance(cells.truth[c] ?? 0, cells.predicted[c] ?? 0));
  /** The distance-weighted counts of the other side, from each class. */
  const away = (other: Float64Array, classes: number) => {
    const found = new Float64Array(classes);
    for (let a = 0; a < classes; a++) found[a] = sumOf(classes, (b) => distance(a, b) * (other[b] ?? 0));
    return found;
  };
  const chanceOf = ({ truly, classes }: Confusion, fromTruth: Float64Array) =>
    sumOf(classes, (t) => (truly[t] ?? 0) * (fromTruth[t] ?? 0));
  return {
    value(counts): number | Undefined {
      const chance = chanceOf(counts, away(counts.predicted, counts.classes));
      return chance === 0 ? { undefined: "one-class" } : 1 - (seen(counts) * counts.total) / chance;
    },
    slopes(counts, value) {
      const fromTruth = away(counts.predicted, counts.classes);
      const fromPredicted = away(counts.truly, counts.classes);
      const chance = chanceOf(counts, fromTruth);
      return slopesByCell(counts, (t, p) => {
        const expected = (fromTruth[t] ?? 0) + (fromPredicted[p] ?? 0);
        return ((1 - value) * expected - distance(t, p) * counts.total) / chance;
      });
    },
  };
}
