import type { Metric } from "../documents/evaluation.ts";

/** A metric looked up by name: one, none, or several where one was expected. */
export type Found = { is: "one"; metric: Metric } | { is: "absent" } | { is: "ambiguous"; times: number };

/** The metrics of one evaluation by name; those of slices by name, column and value. */
export interface MetricIndex {
  /** Metrics measured on all rows. */
  names: ReadonlySet<string>;
  /** Metrics measured on all rows or in slices. */
  allNames: ReadonlySet<string>;
  overall(name: string): Found;
  /** The values of one slice column that the metric is given for; empty when it is not sliced so. */
  slices(name: string, column: string): ReadonlyMap<string, Found>;
}

const absent: Found = { is: "absent" };
const none: ReadonlyMap<string, Found> = new Map();

/** Indexes metrics in one pass. Slices by more than one column are left out: no gate asks for them. */
export function indexMetrics(metrics: readonly Metric[]): MetricIndex {
  const overall = new Map<string, Found>();
  const sliced = new Map<string, Map<string, Map<string, Found>>>();
  for (const metric of metrics) {
    const slice = Object.entries(metric.slice ?? {});
    const [first] = slice;
    if (first === undefined) overall.set(metric.name, another(overall.get(metric.name), metric));
    else if (slice.length === 1) {
      const [column, value] = first;
      const byValue = within(within(sliced, metric.name), column);
      byValue.set(value, another(byValue.get(value), metric));
    }
  }
  return {
    names: new Set(overall.keys()),
    allNames: new Set([...overall.keys(), ...sliced.keys()]),
    overall: (name) => overall.get(name) ?? absent,
    slices: (name, column) => sliced.get(name)?.get(column) ?? none,
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
