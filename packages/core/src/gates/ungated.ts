import type { Metric } from "../documents/evaluation.ts";
import { metricKey } from "../documents/metric-key.ts";
import type { GateResult, Ungated } from "../documents/verdict.ts";
import { directionOf } from "../metrics/directions.ts";

/** The metrics that no result is about, overall or in a slice, in the order of the candidate and then of the baseline. */
export function ungatedMetrics(
  candidate: readonly Metric[],
  baseline: readonly Metric[] | undefined,
  results: readonly GateResult[],
): Ungated[] {
  const judged = new Set<string>();
  for (const { metric, slice } of results) judged.add(metricKey(metric, slice));
  const before = byKey(baseline ?? []);
  const after = byKey(candidate);
  const found: Ungated[] = [];
  for (const [key, metric] of after) {
    if (!judged.has(key)) found.push(ungatedMetric(metric, metric, before.get(key), baseline !== undefined));
  }
  for (const [key, metric] of before) {
    if (!judged.has(key) && !after.has(key)) found.push(ungatedMetric(metric, undefined, metric, true));
  }
  return found;
}

function byKey(metrics: readonly Metric[]): Map<string, Metric> {
  const found = new Map<string, Metric>();
  for (const metric of metrics) found.set(metricKey(metric.name, metric.slice), metric);
  return found;
}

function whyUngated(
  mine: Metric | undefined,
  theirs: Metric | undefined,
  compared: boolean,
  direction: Ungated["direction"],
): Ungated["why"] {
  if (mine === undefined) return "gone";
  if (compared && theirs === undefined) return "new";
  return direction === undefined ? "no-direction" : "no-gate";
}

function ungatedMetric(
  { name, slice, unit }: Metric,
  mine: Metric | undefined,
  theirs: Metric | undefined,
  compared: boolean,
): Ungated {
  const direction = theirs?.direction ?? mine?.direction ?? directionOf(name);
  const change = mine?.value === undefined || theirs?.value === undefined ? undefined : mine.value - theirs.value;
  return {
    metric: name,
    ...(slice === undefined ? {} : { slice }),
    why: whyUngated(mine, theirs, compared, direction),
    ...(direction === undefined ? {} : { direction }),
    ...(unit === undefined ? {} : { unit }),
    ...(theirs?.value === undefined ? {} : { baseline: theirs.value }),
    ...(mine?.value === undefined ? {} : { candidate: mine.value }),
    ...(change === undefined ? {} : { change }),
  };
}
