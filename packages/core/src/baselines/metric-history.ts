import type { Direction } from "../documents/fields.ts";
import { UserError } from "../errors/user-error.ts";
import { closest } from "../inputs/closest.ts";
import { isWaived, policyMarks } from "./accepted.ts";
import type { PastRead } from "./history-asked.ts";

/** One accepted version: the metric's value over all rows, or why there is none, and what was special about it. */
export interface HistoryPoint {
  sha: string;
  committedAt?: string;
  value?: number;
  /** Why there is no value. */
  without?: string;
  interval?: { low: number; high: number; level: number };
  /** A waiver was in force for it. */
  waived?: true;
  /** Whether the verdict of that day used the waiver; absent where that verdict was not kept. */
  waiverUsed?: boolean;
  policyChanged?: true;
  /** The eval set is another one than at the point before, so the values may not be comparable. */
  evalSetChanged?: true;
}

/** The accepted values of one metric, oldest first. */
export interface MetricHistory {
  model: string;
  metric: string;
  direction?: Direction;
  unit?: string;
  points: HistoryPoint[];
}

/**
 * The accepted values of a metric over all rows, from the records of the base branch, oldest first. A record that cannot be read, or that lacks the metric, is a point without a value.
 * @throws UserError `no-history` without records, `metric-unknown` with the nearest name when no record has the metric
 */
export function metricHistory(model: string, metric: string, read: readonly PastRead[]): MetricHistory {
  if (read.length === 0)
    throw new UserError(
      "no-history",
      `no accepted run of ${model} is recorded here`,
      "Fetch the ledger branch (`store: branch` writes it), or record with `metricgate evaluate --record main`.",
    );
  const marks = policyMarks(read);
  let evalSet: string | undefined;
  let direction: Direction | undefined;
  let unit: string | undefined;
  const names = new Set<string>();
  const points = read.map((past, at): HistoryPoint => {
    if ("unreadable" in past) return { sha: past.sha, without: "unreadable" };
    const { document } = past.received;
    const { committedAt } = document.source;
    const whole = document.metrics.filter(({ slice }) => slice === undefined);
    for (const { name } of whole) names.add(name);
    const found = whole.find(({ name }) => name === metric);
    direction = found?.direction ?? direction;
    unit = found?.unit ?? unit;
    const digest = document.evalSet?.digest;
    const other = digest !== undefined && evalSet !== undefined && digest !== evalSet;
    evalSet = digest ?? evalSet;
    const { value, interval } = found ?? {};
    return {
      sha: past.sha,
      ...(committedAt === undefined ? {} : { committedAt }),
      ...(value === undefined ? { without: found?.undefined ?? "not measured" } : { value }),
      ...(interval === undefined
        ? {}
        : { interval: { low: interval.low, high: interval.high, level: interval.level } }),
      ...(isWaived(document, metric) ? waiverOf(metric, past.waiversUsed) : {}),
      ...(marks[at] === true ? { policyChanged: true as const } : {}),
      ...(other ? { evalSetChanged: true as const } : {}),
    };
  });
  if (!names.has(metric)) {
    const near = closest(metric, [...names]);
    const known = [...names].sort().slice(0, 8);
    throw new UserError(
      "metric-unknown",
      `no accepted run of ${model} has the metric ${JSON.stringify(metric.slice(0, 200))}`,
      near === undefined ? `Recorded are ${known.join(", ") || "none"}.` : `Did you mean \`${near}\`?`,
    );
  }
  return {
    model,
    metric,
    ...(direction === undefined ? {} : { direction }),
    ...(unit === undefined ? {} : { unit }),
    points,
  };
}

function waiverOf(metric: string, used: readonly string[] | undefined): Pick<HistoryPoint, "waived" | "waiverUsed"> {
  return { waived: true, ...(used === undefined ? {} : { waiverUsed: used.includes(metric) }) };
}
