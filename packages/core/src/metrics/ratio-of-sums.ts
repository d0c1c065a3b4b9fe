import { effectiveRows } from "../statistics/effective-rows.ts";
import { sumOf } from "../statistics/sum.ts";
import type { Measured, Undefined } from "./measured.ts";

/** Σw·above / Σw·below with its influence; `empty` is the reason when the denominator is 0. */
export function ratioOfSums(
  above: Float64Array,
  below: Float64Array,
  weights: Float64Array,
  empty: string,
): Measured | Undefined {
  const n = above.length;
  if (n === 0) return { undefined: "no-rows" };
  const total = sumOf(n, (i) => (below[i] ?? 0) * (weights[i] ?? 0));
  if (total === 0) return { undefined: empty };
  const value = sumOf(n, (i) => (above[i] ?? 0) * (weights[i] ?? 0)) / total;
  if (!Number.isFinite(value)) return { undefined: "not-finite" };
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    influence[i] = (((above[i] ?? 0) - value * (below[i] ?? 0)) * (weights[i] ?? 0)) / total;
  }
  return { value, n, influence, kind: "ratio", support: effectiveRows(weights) };
}
