import { CHUNK, chunkSum, chunkSumOfSquares } from "./sum.ts";

/** The values byA·a + byB·b of the rows of two arrays of one length. */
export interface Combined {
  a: Float64Array;
  byA: number;
  b: Float64Array;
  byB: number;
}

/** How many rows a stratum has, and the sum of the squares of their values. */
export interface Stratum {
  rows: number;
  squares: number;
}

/** What of one stratum is not added up yet, with room for one value too many, and the sums of its full chunks. */
interface Gathered {
  values: Float64Array;
  filled: number;
  chunks: number[];
}

/** The squares of the rows of stratum 0 and of stratum 1, added as `sumOfSquares` adds those of an array of each stratum's values. */
export function squaresByStratum(values: Combined, strata: Uint8Array): [Stratum, Stratum] {
  const n = values.a.length;
  const size = Math.min(n, CHUNK) + 1;
  const parts: [Gathered, Gathered] = [
    { values: new Float64Array(size), filled: 0, chunks: [] },
    { values: new Float64Array(size), filled: 0, chunks: [] },
  ];
  let ones = 0;
  for (let start = 0; start < n; ) {
    const end = Math.min(n, start + CHUNK - Math.max(parts[0].filled, parts[1].filled));
    const before = parts[1].filled;
    gather(values, strata, start, end, parts);
    ones += parts[1].filled - before;
    for (const part of parts) if (part.filled === CHUNK || end === n) addUp(part);
    start = end;
  }
  const [zero, one] = parts.map(({ chunks }) => chunkSum(Float64Array.from(chunks)));
  return [
    { rows: n - ones, squares: zero ?? 0 },
    { rows: ones, squares: one ?? 0 },
  ];
}

function addUp(part: Gathered): void {
  part.chunks.push(chunkSumOfSquares(part.values, 0, part.filled));
  part.filled = 0;
}

function gather(
  { a, byA, b, byB }: Combined,
  strata: Uint8Array,
  start: number,
  end: number,
  [zero, one]: readonly [Gathered, Gathered],
): void {
  const zeros = zero.values;
  const ones = one.values;
  let q = zero.filled;
  let p = one.filled;
  // Both get every value, and only the one it belongs to moves on: no branch to guess.
  for (let i = start; i < end; i++) {
    const value = byA * (a[i] ?? 0) + byB * (b[i] ?? 0);
    const side = strata[i] ?? 0;
    zeros[q] = value;
    ones[p] = value;
    q += 1 - side;
    p += side;
  }
  zero.filled = q;
  one.filled = p;
}
