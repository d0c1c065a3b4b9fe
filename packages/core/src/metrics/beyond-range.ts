import type { Direction } from "../documents/fields.ts";
import type { Rule } from "../documents/verdict.ts";
import { known } from "./known.ts";

/** What a rule asks of a metric: a margin in its scale, or a limit. */
export interface AskedOfMetric {
  rule: Rule;
  direction?: Direction | undefined;
  margin?: number | undefined;
  scale?: "absolute" | "relative" | undefined;
  limit?: number | undefined;
}

/** The smallest and largest value that a metric can take. */
export interface Range {
  low: number;
  high: number;
}

/** A rule that no value of a metric can break, or none can keep; `range` where that follows from it. */
export interface Beyond {
  is: "never-fails" | "never-passes";
  range?: Range;
}

/** Whether a value lies outside of what the metric can be by its name. */
export function outsideRange(metric: string, values: readonly (number | undefined)[]): Range | undefined {
  // Every known range holds 0 to 1, so hardly a name of 100,000 is looked up.
  const outside = values.flatMap((value) => (value !== undefined && (value < 0 || value > 1) ? [value] : []));
  const about = outside.length === 0 ? undefined : known(metric);
  return about !== undefined && outside.some((value) => value < about.low || value > about.high) ? about : undefined;
}

/** Whether what is asked lies at or beyond the range of the metric, as far as its name tells; undefined when it can be kept and broken. */
export function beyondRange(metric: string, asked: AskedOfMetric): Beyond | undefined {
  const { rule, direction, margin, scale, limit } = asked;
  if (margin !== undefined && scale === "relative") {
    const all = rule === "no-regression" && direction === "up" && margin >= 1;
    return all && (known(metric)?.low ?? 0) >= 0 ? { is: "never-fails" } : undefined;
  }
  if (margin !== undefined) {
    // No known range is narrower than 1.
    const range = margin < 1 ? undefined : known(metric);
    if (range === undefined || !(margin >= range.high - range.low)) return undefined;
    if (rule === "improvement") return { is: "never-passes", range };
    return rule === "no-regression" || rule === "equivalence" ? { is: "never-fails", range } : undefined;
  }
  if (limit === undefined || (rule !== "min" && rule !== "max") || (limit > 0 && limit < 1)) return undefined;
  const range = known(metric);
  if (range === undefined) return undefined;
  const [end, other] = rule === "min" ? [range.low, range.high] : [range.high, range.low];
  if (rule === "min" ? limit <= end : limit >= end) return { is: "never-fails", range };
  return (rule === "min" ? limit > other : limit < other) ? { is: "never-passes", range } : undefined;
}

/** `from 0 to 1`, `at least 0`, `at most 1`. */
export function rangeText({ low, high }: Range): string {
  if (high === Number.POSITIVE_INFINITY) return `at least ${low}`;
  return low === Number.NEGATIVE_INFINITY ? `at most ${high}` : `from ${low} to ${high}`;
}
