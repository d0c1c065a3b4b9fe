import type { Metric } from "../documents/evaluation.ts";
import type { Note } from "../documents/fields.ts";
import { metricKey } from "../documents/metric-key.ts";
import { meanOfRuns } from "../metrics/mean-of-runs.ts";
import { pairRows } from "../tables/pair.ts";
import type { RowTable } from "../tables/row-table.ts";
import type { Side } from "./decide-input.ts";
import { remark } from "./reasons.ts";

/**
 * The candidate with the earlier attempts on its commit as further runs of it: every metric the mean over the attempts, their rows beside its own.
 * Undefined when they cannot be pooled: a metric of one attempt has no counterpart in another, or rows are at hand of some attempts only or do not pair.
 */
export function pooledAttempts(candidate: Side, earlier: readonly Side[], level: number): Side | undefined {
  // The order of the attempts must not matter: by digest they are the same in every order.
  const others = earlier.toSorted((a, b) => (a.received.digest < b.received.digest ? -1 : 1));
  const rows = pooledRows(candidate, others);
  const metrics = pooledMetrics(
    candidate.received.document.metrics,
    others.map(({ received }) => received.document.metrics),
    level,
  );
  if (rows === "apart" || metrics === undefined) return undefined;
  const { received } = candidate;
  return {
    received: { ...received, document: { ...received.document, metrics } },
    ...(rows === undefined ? {} : rows),
  };
}

/** The note of a verdict that was judged on the mean of the attempts. */
export function attemptsPooled(count: number): Note {
  const text = `${count} attempts on this commit measured different numbers; on-rerun pools them: their mean was judged.`;
  return remark("attempts-pooled", text);
}

function pooledMetrics(
  first: readonly Metric[],
  others: readonly (readonly Metric[])[],
  level: number,
): Metric[] | undefined {
  const keyed = others.map((metrics) => new Map(metrics.map((one) => [metricKey(one.name, one.slice), one])));
  if (others.some((metrics) => metrics.length !== first.length)) return undefined;
  const pooled: Metric[] = [];
  for (const metric of first) {
    const key = metricKey(metric.name, metric.slice);
    const runs = keyed.flatMap((byKey) => byKey.get(key) ?? []);
    if (runs.length < others.length) return undefined;
    pooled.push(meanOfRuns([metric, ...runs], level));
  }
  return pooled;
}

function pooledRows(
  { rows, repeats = [] }: Side,
  others: readonly Side[],
): { rows: RowTable; repeats: RowTable[] } | undefined | "apart" {
  if (rows === undefined) return others.some((other) => other.rows !== undefined) ? "apart" : undefined;
  const further = [...repeats];
  for (const other of others) {
    if (other.rows === undefined || !pairRows(rows, other.rows).paired) return "apart";
    further.push(other.rows, ...(other.repeats ?? []));
  }
  return { rows, repeats: further };
}
