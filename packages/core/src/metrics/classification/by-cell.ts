import { sum } from "../../statistics/sum.ts";
import type { CellOfRow, Measured } from "../measured.ts";

/** The sums of weights by cell, with compensation (Neumaier 1974); `plain`: all weights are 1. */
export function weightsByCell(of: CellOfRow, weights: Float64Array, size: number, plain: boolean): Float64Array {
  if (plain) return Float64Array.from(rowsByCell(of, size));
  const counts = new Float64Array(size);
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

function rowsByCell(of: CellOfRow, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (let i = 0; i < of.length; i++) {
    const cell = of[i] ?? 0;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/** The sums of squared weights by cell. */
export function squaresByCell(of: CellOfRow, weights: Float64Array, size: number): Float64Array {
  const squares = new Float64Array(size);
  for (let i = 0; i < of.length; i++) {
    const weight = weights[i] ?? 0;
    const cell = of[i] ?? 0;
    squares[cell] = (squares[cell] ?? 0) + weight * weight;
  }
  return squares;
}

/** The slopes by cell less the mean slope of the rows. */
export function centredByCell(slopes: Float64Array, counts: Float64Array): Float64Array {
  const mean = sum(slopes.map((slope, cell) => slope * (counts[cell] ?? 0))) / sum(counts);
  return slopes.map((slope) => slope - mean);
}

/**
 * A measure of counts, where the influence of a row is its cell's slope times its weight. By row it is made when it is first read: without
 * weights the cells tell as much.
 */
export function measuredByCell(
  measured: Omit<Measured, "influence">,
  slopes: Float64Array,
  of: CellOfRow,
  weights: Float64Array,
): Measured {
  let made: Float64Array | undefined;
  return {
    ...measured,
    get influence() {
      made ??= weightedByCell(slopes, of, weights);
      return made;
    },
  };
}

function weightedByCell(slopes: Float64Array, of: CellOfRow, weights: Float64Array): Float64Array {
  const found = new Float64Array(of.length);
  for (let i = 0; i < found.length; i++) found[i] = (slopes[of[i] ?? 0] ?? 0) * (weights[i] ?? 0);
  return found;
}
