import type { Metric } from "../documents/evaluation.ts";
import { metricKey } from "../documents/metric-key.ts";
import type { GateResult, Ungated } from "../documents/verdict.ts";
import { directionOf } from "../metrics/directions.ts";

/**
 * The metrics that no result is about, overall or in a slice, in the order of the candidate and then of the baseline. `was`: the earlier
 * names of a metric, under the first of which that a side has it is judged where the side lacks the metric itself.
 */
export function ungatedMetrics(
  candidate: readonly Metric[],
  baseline: readonly Metric[] | undefined,
  results: readonly GateResult[],
  was: ReadonlyMap<string, readonly string[]> = new Map(),
): Ungated[] {
  // One map for both sides, since there may be 100,000 metrics: by key, the place in the lists below. Of two under one key the last counts.
  const places = new Map<string, number>();
  const after: (Metric | undefined)[] = [];
  const before: (Metric | undefined)[] = [];
  const placeOf = ({ name, slice }: Metric): number => {
    const key = metricKey(name, slice);
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = places.size;
    places.set(key, place);
    return place;
  };
  for (const metric of candidate) after[placeOf(metric)] = metric;
  for (const metric of baseline ?? []) before[placeOf(metric)] = metric;
  const judged = new Uint8Array(places.size);
  for (const { metric, slice } of results) {
    const place = places.get(metricKey(metric, slice));
    if (place !== undefined) judged[place] = 1;
    const earlier = was.get(metric);
    if (earlier === undefined) continue;
    for (const side of [after, before]) {
      const names = [metric, ...earlier].map((name) => places.get(metricKey(name, slice)) ?? -1);
      const read = names.find((at) => side[at] !== undefined);
      if (read !== undefined) judged[read] = 1;
    }
  }
  const found: Ungated[] = [];
  for (let place = 0; place < judged.length; place++) {
    const [mine, theirs] = [after[place], before[place]];
    const metric = mine ?? theirs;
    if (judged[place] === 0 && metric !== undefined)
      found.push(ungatedMetric(metric, mine, theirs, baseline !== undefined));
  }
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
  // Written in canonical order, and without spreading.
  const found: Partial<Ungated> = {};
  if (theirs?.value !== undefined) found.baseline = theirs.value;
  if (mine?.value !== undefined) found.candidate = mine.value;
  if (change !== undefined) found.change = change;
  if (direction !== undefined) found.direction = direction;
  found.metric = name;
  if (slice !== undefined) found.slice = slice;
  if (unit !== undefined) found.unit = unit;
  found.why = whyUngated(mine, theirs, compared, direction);
  return found as Ungated;
}
