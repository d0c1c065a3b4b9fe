import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { rowMean } from "../row-mean.ts";
import { valuesOf } from "../values/value-columns.ts";

/**
 * How likely at least one of k samples drawn from n, of which c are correct, is correct: 1 − C(n − c, k) / C(n, k), without bias (Chen et al. 2021).
 * Whole numbers with 0 ≤ c ≤ n and 1 ≤ k ≤ n; NaN otherwise.
 */
export function passAtK(n: number, c: number, k: number): number {
  if (![n, c, k].every(Number.isInteger) || c < 0 || c > n || k < 1 || k > n) return Number.NaN;
  if (n - c < k) return 1;
  let allWrong = 1;
  // C(n − c, k) / C(n, k) has c factors or k, whichever are fewer.
  if (c <= k) for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i;
  else for (let i = n - k + 1; i <= n; i++) allWrong *= 1 - c / i;
  return 1 - allWrong;
}

/** The k of `pass@k`, a whole number from 1. */
export function parsePassAtK(name: string): number | undefined {
  const digits = /^pass@([1-9]\d{0,8})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The mean over rows of `passAtK`, from the columns `value:samples` and `value:correct`. */
export function meanPassAtK(k: number, rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const samples = valuesOf(rows, "samples", at);
  if ("undefined" in samples) return samples;
  const correct = valuesOf(rows, "correct", at);
  if ("undefined" in correct) return correct;
  for (const [i, n] of samples.values.entries()) {
    const c = correct.values[i] ?? -1;
    if (!Number.isInteger(n) || !Number.isInteger(c) || c < 0 || c > n) return { undefined: "not-a-count" };
    if (n < k) return { undefined: "fewer-samples-than-k" };
  }
  const values = samples.values.map((n, i) => passAtK(n, correct.values[i] ?? -1, k));
  return rowMean(values, samples.weights);
}
