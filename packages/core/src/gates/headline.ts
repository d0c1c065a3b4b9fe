import type { Metric } from "../documents/evaluation.ts";
import type { Verdict } from "../documents/verdict.ts";
import { measure } from "../metrics/influence.ts";
import type { ModelPolicy } from "../policy/schema.ts";
import type { Side } from "./decide-input.ts";

/**
 * The policy's headline with the values of both sides; undefined when the policy has none. `n` is what both values are a share
 * of, and absent when that is not known or not the same on both sides: a count made of it would be false.
 */
export function headlineOf(
  headline: ModelPolicy["headline"],
  candidate: Side,
  baseline: Side | undefined,
): Verdict["headline"] {
  if (headline === undefined) return undefined;
  const mine = overall(candidate, headline.metric);
  const theirs = baseline === undefined ? undefined : overall(baseline, headline.metric);
  const n = denominator(candidate, mine);
  const same = baseline === undefined || n === denominator(baseline, theirs);
  return {
    metric: headline.metric,
    say: headline.say,
    ...(theirs?.value === undefined ? {} : { baseline: theirs.value }),
    ...(mine?.value === undefined ? {} : { candidate: mine.value }),
    ...(n === undefined || !same ? {} : { n }),
  };
}

/** A metric file's own n; of a metric that was computed, the rows that its share counts (for recall the positives), not all rows. */
function denominator({ received, rows }: Side, metric: Metric | undefined): number | undefined {
  if (metric === undefined) return undefined;
  const task = received.document.rows?.task;
  if (task?.compute.includes(metric.name) !== true || metric.from !== undefined) return metric.n;
  const measured = rows === undefined ? undefined : measure(metric.name, rows, task);
  return measured !== undefined && "trials" in measured ? measured.trials : undefined;
}

function overall({ received }: Side, name: string): Metric | undefined {
  return received.document.metrics.find(
    (metric) => metric.name === name && Object.keys(metric.slice ?? {}).length === 0,
  );
}
