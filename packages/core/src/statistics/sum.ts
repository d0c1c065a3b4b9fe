const CHUNK = 65_536;

/**
 * The sum of `values`, in the unit of the values. Chunks of 65,536 are summed with compensation (Neumaier 1974) and the
 * chunk sums in index order, so the result does not depend on how the work is split.
 */
export function sum(values: ArrayLike<number>): number {
  return sumOf(values.length, (i) => values[i] ?? 0);
}

/** The sum of `term(0) … term(n − 1)`, added as `sum` does. */
export function sumOf(n: number, term: (i: number) => number): number {
  let total = 0;
  let lost = 0;
  for (let start = 0; start < n; start += CHUNK) {
    const end = Math.min(n, start + CHUNK);
    let part = 0;
    let partLost = 0;
    for (let i = start; i < end; i++) {
      const value = term(i);
      const next = part + value;
      partLost += Math.abs(part) >= Math.abs(value) ? part - next + value : value - next + part;
      part = next;
    }
    const chunk = part + partLost;
    const next = total + chunk;
    lost += Math.abs(total) >= Math.abs(chunk) ? total - next + chunk : chunk - next + total;
    total = next;
  }
  return total + lost;
}
