import { sumOf } from "../../statistics/sum.ts";
import type { Measured, Undefined } from "../measured.ts";
import { ratioOfSums } from "../ratio-of-sums.ts";
import type { Pairs } from "./pairs.ts";

/** 1 − Σw·`left` / Σw(y − mean)²; a reason where the labels do not vary. */
function explained(pairs: Pairs, left: (errors: Float64Array) => Float64Array): Measured | Undefined {
  const { truth, predicted, weights } = pairs;
  const some = truth.findIndex((_, i) => (weights[i] ?? 0) > 0);
  if (truth.length < 2) return { undefined: "too-few-rows" };
  // Compared as they are: a constant label whose mean rounds must not count as varying.
  if (truth.every((y, i) => weights[i] === 0 || y === truth[some])) return { undefined: "constant-label" };
  const errors = truth.map((y, i) => y - (predicted[i] ?? 0));
  const unexplained = ratioOfSums(left(errors), squaresAround(truth, weights), weights, "constant-label");
  if ("undefined" in unexplained) return unexplained;
  return { ...unexplained, value: 1 - unexplained.value, influence: unexplained.influence.map((d) => -d) };
}

/** (x − weighted mean)² of each value. */
function squaresAround(values: Float64Array, weights: Float64Array): Float64Array {
  const total = sumOf(values.length, (i) => weights[i] ?? 0);
  const mean = sumOf(values.length, (i) => (values[i] ?? 0) * (weights[i] ?? 0)) / total;
  return values.map((x) => (x - mean) ** 2);
}

/** The coefficient of determination, at most 1. Equals sklearn's `r2_score`; a constant label or fewer than two rows is a reason. */
export function r2(pairs: Pairs): Measured | Undefined {
  return explained(pairs, (errors) => errors.map((error) => error ** 2));
}

/** As `r2`, but an error that is the same in every row is forgiven. Equals sklearn's `explained_variance_score`. */
export function explainedVariance(pairs: Pairs): Measured | Undefined {
  return explained(pairs, (errors) => squaresAround(errors, pairs.weights));
}
