import { sum, sumOfSquares } from "./sum.ts";

/** The standard deviation of at least two values, with n − 1. */
export function sdOf(values: Float64Array): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sumOfSquares(values.map((x) => x - mean)) / (values.length - 1));
}
