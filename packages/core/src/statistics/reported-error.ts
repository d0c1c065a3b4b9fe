import type { Metric } from "../documents/evaluation.ts";
import { normalQuantile } from "./normal.ts";
import { sum } from "./sum.ts";

/** A standard error as a document gives it, in the metric's unit, with its degrees of freedom (`Infinity` when unknown). */
export interface ReportedError {
  stderr: number;
  df: number;
  from: "stderr" | "interval" | "repeats";
}

/** The standard error of a metric: as given, else from its interval's width, else from at least two repeats; undefined without any. */
export function errorOf(metric: Metric): ReportedError | undefined {
  const df = Number.POSITIVE_INFINITY;
  if (metric.stderr !== undefined) return { stderr: metric.stderr, df, from: "stderr" };
  if (metric.interval !== undefined) {
    const { low, high, level } = metric.interval;
    return { stderr: (high - low) / (2 * normalQuantile((1 + level) / 2)), df, from: "interval" };
  }
  const repeats = metric.repeats ?? [];
  const k = repeats.length;
  if (k < 2) return undefined;
  const mean = sum(repeats) / k;
  const variance = sum(repeats.map((x) => (x - mean) ** 2)) / (k - 1);
  return { stderr: Math.sqrt(variance / k), df: k - 1, from: "repeats" };
}
