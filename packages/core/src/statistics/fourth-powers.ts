import { sumOf } from "./sum.ts";

/** The sum of (byA·a + byB·b)⁴ over the pairs of two arrays of one length, added as `sum` does. */
export function sumOfFourthPowers(a: Float64Array, byA: number, b: Float64Array, byB: number): number {
  return sumOf(a.length, (i) => {
    const d = byA * (a[i] ?? 0) + byB * (b[i] ?? 0);
    return d * d * (d * d);
  });
}
