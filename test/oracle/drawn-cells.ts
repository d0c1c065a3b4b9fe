/** Makes `n` cells. */
export function cells<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i));
}

/** By `kind`: no weights, whole ones, real ones of which some are 0, or all the same fraction. */
export function drawnWeights(kind: number, n: number, next: () => number): { weight?: number[] } {
  if (kind % 4 === 0) return {};
  if (kind % 4 === 1) return { weight: cells(n, () => 1 + Math.floor(next() * 3)) };
  if (kind % 4 === 2) return { weight: cells(n, () => (next() < 0.1 ? 0 : next() * 5)) };
  return { weight: cells(n, () => 0.1) };
}
