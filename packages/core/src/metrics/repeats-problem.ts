import type { Metric } from "../documents/evaluation.ts";

/** How far a value may lie outside of its repeats, as a share of itself: files round values more than their repeats. */
const ROUNDED = 0.005;

/**
 * Why the repeats of a metric cannot be those of its value, in words: they are the values of several trainings, so the value lies among them, give or
 * take their own range and what rounding does. Undefined when they can, and without repeats.
 */
export function repeatsProblem({
  name,
  value,
  repeats = [],
}: Pick<Metric, "name" | "value" | "repeats">): string | undefined {
  if (value === undefined || repeats.length === 0) return undefined;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of repeats) {
    low = Math.min(low, one);
    high = Math.max(high, one);
  }
  const slack = high - low + ROUNDED * Math.abs(value);
  if (value >= low - slack && value <= high + slack) return undefined;
  return `${name} is ${value}, and its ${repeats.length} repeats lie from ${low} to ${high}`;
}
