import type { PastRun } from "../../documents/selection.ts";
import { marginOf } from "../../policy/margin.ts";
import type { HistoryRule } from "../../policy/rule-schemas.ts";
import { type BandMethod, type HistoryBand, historyBand } from "../../statistics/history-band.ts";
import { unjudged } from "../draft.ts";
import type { Judged } from "../judge-change.ts";
import { numberText, percentText } from "../number-text.ts";
import type { HistoryQuestion } from "../questions.ts";
import { because } from "../reasons.ts";

const WINDOW = 20;
const SHARE = 0.1;

/** A band of at most this share of its centre is that of rounding. */
const FLAT_SHARE = 1e-7;

/** Judges a value by the band of the last accepted runs that have the metric, under any of its names. */
export function judgeHistory(
  { history: rule, direction }: HistoryQuestion,
  names: readonly string[],
  value: number,
  runs: readonly PastRun[],
): Judged {
  const [name = ""] = names;
  const past = runs.flatMap((run) => pastValue(run, names)).slice(-(rule.window ?? WINDOW));
  const band = historyBand(past, direction ?? "near", bandMethod(rule));
  if ("undefined" in band) {
    const text =
      band.undefined === "not-finite"
        ? `A past run has ${name} without a finite value.`
        : `${past.length} accepted runs have ${name}; a band needs at least five.`;
    return unjudged("skipped", because("history-too-short", text));
  }
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = band;
  const inside = value >= low && value <= high;
  const flat = !inside && isFlat(band);
  const is = `${name} is ${numberText(value)}, and the last ${past.length} accepted runs allow ${bandText(band)} (${methodText(rule, direction === undefined)})`;
  const limit = value > high ? band.high : (band.low ?? band.high);
  const text = `${name} is ${numberText(value)}, and the last ${past.length} accepted runs hardly differ from ${numberText(band.centre)}, so how much it usually varies is not known.`;
  return {
    outcome: inside ? "pass" : flat ? "inconclusive" : "fail",
    reasons: [flat ? because("history-flat", text) : because(inside ? "within-band" : "outside-band", `${is}.`)],
    band: {
      ...(band.low === undefined ? {} : { low: band.low }),
      ...(band.high === undefined ? {} : { high: band.high }),
      method: band.method,
      runs: past.length,
    },
    ...(limit === undefined ? {} : { limit }),
  };
}

/** A band without a width to speak of, as equal past values give: they say nothing of what varies usually. */
function isFlat({ low, high, centre, method }: HistoryBand): boolean {
  const half = high === undefined ? centre - (low ?? centre) : high - centre;
  return method !== "percentage" && half <= FLAT_SHARE * Math.abs(centre);
}

function pastValue({ values }: PastRun, names: readonly string[]): number[] {
  const name = names.find((one) => Object.hasOwn(values, one));
  const value = name === undefined ? undefined : values[name];
  return value === undefined ? [] : [value];
}

function bandMethod({ method, level, k, "max-off": off }: HistoryRule): BandMethod {
  if (method === "percentage")
    return { method, share: (off === undefined ? undefined : marginOf(off)?.value) ?? SHARE };
  if (method === "mad") return { method, ...(k === undefined ? {} : { times: k }) };
  return { method: "t", ...(level === undefined ? {} : { level }) };
}

function bandText({ low, high }: { low?: number; high?: number }): string {
  if (low === undefined) return `at most ${numberText(high ?? Number.NaN)}`;
  return high === undefined ? `at least ${numberText(low)}` : `${numberText(low)} to ${numberText(high)}`;
}

function methodText(rule: HistoryRule, both: boolean): string {
  const how = bandMethod(rule);
  if (how.method === "percentage") return `${percentText(how.share)} around their mean`;
  if (how.method === "mad") return `${how.times ?? 3} scaled median absolute deviations around their median`;
  return `a ${both ? "two" : "one"}-sided ${percentText(how.level ?? 0.99)} prediction band`;
}
