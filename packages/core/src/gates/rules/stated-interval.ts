import type { Metric } from "../../documents/evaluation.ts";
import type { Interval } from "../../documents/fields.ts";
import { errorOf } from "../../statistics/reported-error.ts";
import { studentQuantile } from "../../statistics/student.ts";

/**
 * The interval of a metric as its document gives it, when it is of this two-sided level; else the value ± t · stderr with the standard
 * error that the document implies. Undefined without any.
 */
export function statedInterval(metric: Metric, level: number): Interval | undefined {
  if (metric.interval?.level === level) return metric.interval;
  const error = errorOf(metric);
  if (metric.value === undefined || error === undefined) return undefined;
  const half = error.stderr === 0 ? 0 : studentQuantile((1 + level) / 2, error.df) * error.stderr;
  return { low: metric.value - half, high: metric.value + half, level, method: error.from };
}
