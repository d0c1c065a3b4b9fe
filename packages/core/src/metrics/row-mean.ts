import { effectiveRows } from "../statistics/effective-rows.ts";
import { sum } from "../statistics/sum.ts";
import type { Measured, Undefined } from "./measured.ts";
import { areOnes } from "./ones.ts";

/**
 * The weighted mean of row values; the influence of a row is w·(x − mean)/Σw. Reasons: no rows, or a mean beyond the doubles.
 * @param values the caller's own, since the influence may be written over them
 */
export function rowMean(values: Float64Array, weights: Float64Array): Measured | Undefined {
  const n = values.length;
  if (n === 0) return { undefined: "no-rows" };
  return areOnes(weights) ? plainMean(values) : weightedMean(values, weights);
}

/** The same numbers as with weights of 1. */
function plainMean(values: Float64Array): Measured | Undefined {
  const n = values.length;
  const value = sum(values) / n;
  if (!Number.isFinite(value)) return { undefined: "not-finite" };
  turnIntoInfluence(values, value);
  return { value, n, influence: values, kind: "mean", support: (n * n) / n };
}

function turnIntoInfluence(values: Float64Array, mean: number): void {
  const n = values.length;
  for (let i = 0; i < n; i++) values[i] = ((values[i] ?? 0) - mean) / n;
}

function weightedMean(values: Float64Array, weights: Float64Array): Measured | Undefined {
  const n = values.length;
  const total = sum(weights);
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) influence[i] = (values[i] ?? 0) * (weights[i] ?? 0);
  const value = sum(influence) / total;
  if (!Number.isFinite(value)) return { undefined: "not-finite" };
  for (let i = 0; i < n; i++) influence[i] = (((values[i] ?? 0) - value) * (weights[i] ?? 0)) / total;
  return { value, n, influence, kind: "mean", support: effectiveRows(weights) };
}
