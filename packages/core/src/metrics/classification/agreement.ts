import type { Undefined } from "../measured.ts";
import type { Confusion, CountMetric } from "./confusion.ts";

/** A slope for each cell from its label and its prediction. */
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

/** The sum of products; of so few terms that nothing is lost, and called for every replicate of a bootstrap. */
function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += (a[k] ?? 0) * (b[k] ?? 0);
  return total;
}

function spreads({ truly, predicted, total }: Confusion): { x: number; y: number } {
  return { x: total * total - dot(predicted, predicted), y: total * total - dot(truly, truly) };
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
    const { right, truly, predicted, total } = counts;
    if (occupied(predicted) < 2) return { undefined: "one-predicted-class" };
    if (occupied(truly) < 2) return { undefined: "one-class" };
    const { x, y } = spreads(counts);
    let agreed = 0;
    for (const count of right) agreed += count;
    return (agreed * total - dot(truly, predicted)) / Math.sqrt(x * y);
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
  const seen = ({ cells, counts }: Confusion) => {
    let total = 0;
    for (let c = 0; c < counts.length; c++) {
      total += (counts[c] ?? 0) * distance(cells.truth[c] ?? 0, cells.predicted[c] ?? 0);
    }
    return total;
  };
  /** The distance-weighted counts of the other side, from each class. */
  const away = (other: Float64Array) => {
    const found = new Float64Array(other.length);
    for (let a = 0; a < found.length; a++) {
      let total = 0;
      for (let b = 0; b < found.length; b++) total += distance(a, b) * (other[b] ?? 0);
      found[a] = total;
    }
    return found;
  };
  return {
    value(counts): number | Undefined {
      const chance = dot(counts.truly, away(counts.predicted));
      return chance === 0 ? { undefined: "one-class" } : 1 - (seen(counts) * counts.total) / chance;
    },
    slopes(counts, value) {
      const fromTruth = away(counts.predicted);
      const fromPredicted = away(counts.truly);
      const chance = dot(counts.truly, fromTruth);
      return slopesByCell(counts, (t, p) => {
        const expected = (fromTruth[t] ?? 0) + (fromPredicted[p] ?? 0);
        return ((1 - value) * expected - distance(t, p) * counts.total) / chance;
      });
    },
  };
}
