import type { PastRun } from "@metricgate/core/documents/selection";
import { shortSha } from "../escape/link.ts";
import { count } from "../format/number.ts";
import type { Trend } from "./trend.ts";
import { waiverWord } from "./waiver-word.ts";

/** Commits that are named; more are counted. */
const named = 5;

/**
 * What was special about the accepted runs of a trend, in our own words and short commits: `waiver used at 9f3c2ab; policy changed at 4be1f07`.
 * Empty when nothing was.
 */
export function trendMarks({ runs, gate }: Trend, history: readonly PastRun[]): string {
  const shown = new Set(runs.map(({ sha }) => sha));
  const of = (what: string, is: (run: PastRun) => boolean): string[] => {
    const shas = history.filter((run) => shown.has(run.sha) && is(run)).map(({ sha }) => shortSha(sha) ?? "one run");
    if (shas.length === 0) return [];
    const more = shas.length > named ? ` and ${count(shas.length - named)} more` : "";
    return [`${what} at ${shas.slice(-named).join(", ")}${more}`];
  };
  const waiverOf = ({ waived = [], waiversUsed }: PastRun) =>
    waived.includes(gate.metric) ? waiverWord(waiversUsed?.includes(gate.metric)) : undefined;
  return [
    ...[true, false, undefined].flatMap((used) => of(waiverWord(used), (run) => waiverOf(run) === waiverWord(used))),
    ...of("policy changed", ({ policyChanged }) => policyChanged === true),
  ].join("; ");
}
