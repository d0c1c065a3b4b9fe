import type { Evaluation, Metric } from "../documents/evaluation.ts";
import type { Verdict } from "../documents/verdict.ts";
import type { ModelPolicy } from "../policy/schema.ts";

/** The policy's headline with the values of both sides; undefined when the policy has none. */
export function headlineOf(
  headline: ModelPolicy["headline"],
  candidate: Evaluation,
  baseline: Evaluation | undefined,
): Verdict["headline"] {
  if (headline === undefined) return undefined;
  const mine = overall(candidate, headline.metric);
  const theirs = baseline === undefined ? undefined : overall(baseline, headline.metric);
  const n = mine?.n ?? candidate.rows?.count;
  return {
    metric: headline.metric,
    say: headline.say,
    ...(theirs?.value === undefined ? {} : { baseline: theirs.value }),
    ...(mine?.value === undefined ? {} : { candidate: mine.value }),
    ...(n === undefined ? {} : { n }),
  };
}

function overall({ metrics }: Evaluation, name: string): Metric | undefined {
  return metrics.find((metric) => metric.name === name && Object.keys(metric.slice ?? {}).length === 0);
}
