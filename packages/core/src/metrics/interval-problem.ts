import type { Metric } from "../documents/evaluation.ts";

/** How far a value may lie outside of its interval, as a share of itself: files round values more than their intervals. */
const ROUNDED = 0.005;

/**
 * Why the interval of a metric cannot be that of its value, in words. A bootstrap of a biased metric may leave its value out, so the value may
 * lie outside by the interval's own width and what rounding does, not further. Undefined when it can, and without an interval.
 */
export function intervalProblem({
  name,
  value,
  interval,
}: Pick<Metric, "name" | "value" | "interval">): string | undefined {
  if (value === undefined || interval === undefined) return undefined;
  const { low, high } = interval;
  const slack = high - low + ROUNDED * Math.abs(value);
  if (value >= low - slack && value <= high + slack) return undefined;
  return `${name} is ${value}, and its interval lies from ${low} to ${high}`;
}
