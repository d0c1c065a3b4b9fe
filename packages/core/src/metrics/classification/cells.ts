import type { Classes } from "./classes.ts";

/** The pairs of label and prediction that occur, in ascending order, and each row's pair. */
export interface Cells {
  of: Int32Array;
  truth: Int32Array;
  predicted: Int32Array;
}

/** More pairs of classes than this are looked up one by one. */
const MOST_PAIRS = 4_000_000;

/** Numbers the pairs that occur. */
export function cellsOf({ truth, predicted, names }: Classes): Cells {
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
