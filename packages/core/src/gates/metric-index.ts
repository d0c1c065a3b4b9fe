import type { Metric } from "../documents/evaluation.ts";
import type { Slice } from "../documents/fields.ts";

/** A metric looked up by name: one, none, or several where one was expected. */
export type Found = { is: "one"; metric: Metric } | { is: "absent" } | { is: "ambiguous"; times: number };

/** The metrics of one evaluation by name; those of slices by name, columns and values. */
export interface MetricIndex {
  /** Metrics measured on all rows. */
  names: ReadonlySet<string>;
  /** Metrics measured on all rows or in slices. */
  allNames: ReadonlySet<string>;
  overall(name: string): Found;
  /** The slices by these columns that the metric is given for, by `sliceKey`; empty when it is not sliced so. */
  slices(name: string, columns: readonly string[]): ReadonlyMap<string, { slice: Slice; found: Found }>;
}

const absent: Found = { is: "absent" };
const none: ReadonlyMap<string, { slice: Slice; found: Found }> = new Map();

/** What tells the slices of the same columns apart: the values in the order of the columns. */
export function sliceKey(slice: Slice, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => slice[column] ?? ""));
}

/** Indexes metrics in one pass. */
export function indexMetrics(metrics: readonly Metric[]): MetricIndex {
  const overall = new Map<string, Metric | { times: number }>();
  const sliced = new Map<string, Map<string, Map<string, { slice: Slice; found: Found }>>>();
  for (const metric of metrics) {
    const { slice } = metric;
    const columns = slice === undefined ? [] : Object.keys(slice).sort();
    if (slice === undefined || columns.length === 0) {
      const before = overall.get(metric.name);
      overall.set(metric.name, before === undefined ? metric : { times: "times" in before ? before.times + 1 : 2 });
      continue;
    }
    const byValues = within(within(sliced, metric.name), JSON.stringify(columns));
    const key = sliceKey(slice, columns);
    byValues.set(key, { slice, found: another(byValues.get(key)?.found, metric) });
  }
  const names = new Set(overall.keys());
  return {
    names,
    allNames: sliced.size === 0 ? names : new Set([...names, ...sliced.keys()]),
    overall(name) {
      const found = overall.get(name);
      if (found === undefined) return absent;
      return "times" in found ? { is: "ambiguous", times: found.times } : { is: "one", metric: found };
    },
    slices: (name, columns) => {
      const sorted = [...columns].sort();
      const found = sliced.get(name)?.get(JSON.stringify(sorted)) ?? none;
      if (columns.length < 2) return found;
      return new Map([...found.values()].map((one) => [sliceKey(one.slice, columns), one]));
    },
  };
}

function another(before: Found | undefined, metric: Metric): Found {
  if (before === undefined || before.is === "absent") return { is: "one", metric };
  return { is: "ambiguous", times: before.is === "one" ? 2 : before.times + 1 };
}

function within<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, V>();
  map.set(key, made);
  return made;
}
