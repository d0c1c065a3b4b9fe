import { sum } from "../../statistics/sum.ts";

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

/** Gives each row its cell's slope less the mean slope, times its weight. */
export function influenceByCell(
  slopes: Float64Array,
  counts: Float64Array,
  of: Int32Array,
  weights: Float64Array,
): Float64Array {
  const mean = sum(slopes.map((slope, cell) => slope * (counts[cell] ?? 0))) / sum(counts);
  const centred = slopes.map((slope) => slope - mean);
  return weightedByCell(centred, of, weights);
}

/** Gives each row its cell's value times its weight. */
export function weightedByCell(values: Float64Array, of: Int32Array, weights: Float64Array): Float64Array {
  const found = new Float64Array(of.length);
  for (let i = 0; i < found.length; i++) found[i] = (values[of[i] ?? 0] ?? 0) * (weights[i] ?? 0);
  return found;
}
