/** How many values are summed on their own. */
export const CHUNK = 65_536;

/**
 * The sum of `values`, in the unit of the values. Chunks of 65,536 are summed with compensation (Neumaier 1974) and the
 * chunk sums in index order, so the result does not depend on how the work is split.
 */
export function sum(values: ArrayLike<number>): number {
  const n = values.length;
  if (values instanceof Float64Array) return inChunks(n, (start, end) => chunkSum(values.subarray(start, end)));
  return sumOf(n, (i) => values[i] ?? 0);
}

/** The sum of the squares of `values`, added as `sum` does. */
export function sumOfSquares(values: Float64Array): number {
  return inChunks(values.length, (start, end) => chunkSumOfSquares(values, start, end));
}

/** The sum of the squares of `values[of[i]]` over i, added as `sum` does, without an array of them. */
export function sumOfSquaresAt(values: Float64Array, of: Int32Array | Uint8Array): number {
  const taken = new Float64Array(Math.min(of.length, CHUNK));
  return inChunks(of.length, (start, end) => {
    for (let i = start; i < end; i++) taken[i - start] = values[of[i] ?? 0] ?? 0;
    return chunkSumOfSquares(taken, 0, end - start);
  });
}

/** The sum of (byA·a + byB·b)² over the pairs of two arrays of one length, added as `sum` does, without an array of the pairs. */
export function sumOfSquaredPairs(a: Float64Array, byA: number, b: Float64Array, byB: number): number {
  const both = new Float64Array(Math.min(a.length, CHUNK));
  return inChunks(a.length, (start, end) => {
    for (let i = start; i < end; i++) both[i - start] = byA * (a[i] ?? 0) + byB * (b[i] ?? 0);
    return chunkSumOfSquares(both, 0, end - start);
  });
}

/** The sum of `term(0) … term(n − 1)`, added as `sum` does. */
export function sumOf(n: number, term: (i: number) => number): number {
  const terms = new Float64Array(Math.min(n, CHUNK));
  return inChunks(n, (start, end) => {
    for (let i = start; i < end; i++) terms[i - start] = term(i);
    return chunkSum(terms.subarray(0, end - start));
  });
}

function inChunks(n: number, sumOfChunk: (start: number, end: number) => number): number {
  if (n <= CHUNK) return sumOfChunk(0, n);
  const chunks = new Float64Array(Math.ceil(n / CHUNK));
  for (let chunk = 0; chunk < chunks.length; chunk++) {
    chunks[chunk] = sumOfChunk(chunk * CHUNK, Math.min(n, (chunk + 1) * CHUNK));
  }
  return chunkSum(chunks);
}

/** The compensated sum of at most a chunk of values, or of all chunks. */
export function chunkSum(values: Float64Array): number {
  let part = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    const next = part + value;
    lost += Math.abs(part) >= Math.abs(value) ? part - next + value : value - next + part;
    part = next;
  }
  return part + lost;
}

/** The compensated sum of the squares of `values[start]` … `values[end − 1]`. */
export function chunkSumOfSquares(values: Float64Array, start: number, end: number): number {
  let part = 0;
  let lost = 0;
  for (let i = start; i < end; i++) {
    const value = (values[i] ?? 0) * (values[i] ?? 0);
    const next = part + value;
    // Both are at least 0.
    lost += part >= value ? part - next + value : value - next + part;
    part = next;
  }
  return part + lost;
}
