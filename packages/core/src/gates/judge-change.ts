import type { GateResult, Outcome, Reason } from "../documents/verdict.ts";
import type { Difference } from "../statistics/difference.ts";
import { rowsNeeded } from "../statistics/rows-needed.ts";
import { amountText, numberText, percentText } from "./number-text.ts";
import type { ChangeQuestion } from "./questions.ts";
import { because } from "./reasons.ts";

/** The numbers of one comparison: both values and the change between them. `adjustedP`: after Holm, in slices. */
export interface Compared {
  /** What is compared, as a sentence names it: the metric, and its slice. */
  name: string;
  candidate: number;
  baseline: number;
  difference: Difference;
  adjustedP?: number;
}

/** What judging found, in the fields of a result. */
export type Judged = { outcome: Outcome; reasons: Reason[] } & Partial<
  Pick<GateResult, "change" | "scale" | "interval" | "margin" | "limit" | "n" | "p" | "adjustedP" | "rowsNeeded">
>;

/** The change as a gain: positive when better. Without an interval `low` and `high` are the gain itself. */
interface Gain {
  gain: number;
  low: number;
  high: number;
  proven: boolean;
}

/**
 * Judges a change by the rules no-regression and improvement (MetricGate, reference/statistics.md §3.1). `level` is two-sided.
 * No-regression: pass when the interval of the gain lies at or above −margin; fail when the gain is below −margin and the loss is
 * real (interval below 0, or in slices the Holm-adjusted p at most (1 − level) / 2); else inconclusive.
 * Improvement: pass when the interval lies above the margin, fail when it does not reach above it; else inconclusive.
 */
export function judgeChange(question: ChangeQuestion, compared: Compared, level: number): Judged {
  const gain = gainOf(question, compared.difference);
  const slack = roundingSlack(compared);
  const outcome =
    question.rule === "improvement"
      ? improvement(gain, question.margin.value, slack)
      : noRegression(gain, question.margin.value, slack, isReal(gain, compared.adjustedP, level));
  const rows = outcome === "inconclusive" ? rowsToSettle(question, compared.difference, gain, level) : undefined;
  const { change, scale, interval, pLoss, n } = compared.difference;
  return {
    outcome,
    reasons: reasonsOf(question, compared, outcome, rows),
    change,
    scale,
    margin: question.margin.value,
    ...(interval === undefined ? {} : { interval }),
    ...(n === undefined ? {} : { n }),
    ...(pLoss === undefined ? {} : { p: pLoss }),
    ...(compared.adjustedP === undefined ? {} : { adjustedP: compared.adjustedP }),
    ...(rows === undefined ? {} : { rowsNeeded: rows }),
  };
}

function gainOf({ direction }: ChangeQuestion, { change, interval }: Difference): Gain {
  const low = interval?.low ?? change;
  const high = interval?.high ?? change;
  const proven = interval !== undefined;
  return direction === "up" ? { gain: change, low, high, proven } : { gain: -change, low: -high, high: -low, proven };
}

function isReal({ high }: Gain, adjustedP: number | undefined, level: number): boolean {
  return adjustedP === undefined ? high < 0 : adjustedP <= (1 - level) / 2;
}

function noRegression(gain: Gain, margin: number, slack: number, real: boolean): Outcome {
  if (gain.low >= -margin - slack) return "pass";
  if (gain.gain < -margin - slack && real) return "fail";
  return "inconclusive";
}

function improvement(gain: Gain, margin: number, slack: number): Outcome {
  if (gain.low > margin + slack) return "pass";
  return gain.high <= margin + slack ? "fail" : "inconclusive";
}

/** 0.90 − 0.91 is a little below −0.01 in doubles: a few units in the last place of the values never decide. */
function roundingSlack({ candidate, baseline, difference }: Compared): number {
  const absolute = 4 * Number.EPSILON * Math.max(Math.abs(candidate), Math.abs(baseline));
  return difference.scale === "relative" ? absolute / Math.abs(baseline) : absolute;
}

/** Rows for the margin or, when that is 0, for a change as large as the one observed. */
function rowsToSettle(
  question: ChangeQuestion,
  difference: Difference,
  { gain }: Gain,
  level: number,
): number | undefined {
  const { rowSd, stderr, n } = difference;
  const sd = rowSd ?? (stderr === undefined || n === undefined ? undefined : stderr * Math.sqrt(n));
  const observed = question.rule === "improvement" ? Math.abs(gain - question.margin.value) : Math.abs(gain);
  const size = question.rule === "no-regression" && question.margin.value > 0 ? question.margin.value : observed;
  if (sd === undefined || !(sd > 0) || !(size > 0)) return undefined;
  const rows = rowsNeeded(sd, size, level);
  return Number.isSafeInteger(rows) && rows > 0 ? rows : undefined;
}

function reasonsOf(question: ChangeQuestion, compared: Compared, outcome: Outcome, rows: number | undefined): Reason[] {
  const reasons = [mainReason(question, compared, outcome, rows)];
  if (compared.difference.interval === undefined) {
    reasons.push(
      because("no-uncertainty", `No uncertainty is given for ${compared.name}, so the bare values were judged.`),
    );
  }
  return reasons;
}

function mainReason(question: ChangeQuestion, compared: Compared, outcome: Outcome, rows: number | undefined): Reason {
  const moved = movement(compared);
  const margin = amountText(question.margin.value, question.margin.scale);
  if (question.rule === "improvement") {
    if (outcome === "pass") return because("improvement-proven", `${moved}, a gain of more than ${margin}.`);
    if (outcome === "fail") return because("no-improvement", `${moved}, not a gain of more than ${margin}.`);
    return uncertain(`${moved}; whether the gain is more than ${margin} is open.`, rows);
  }
  if (outcome === "pass") return because("within-margin", `${moved}, within the margin of ${margin}.`);
  if (outcome === "fail") return because("worse-than-margin", `${moved}, worse by more than the margin of ${margin}.`);
  return uncertain(`${moved}; whether the loss is within the margin of ${margin} is open.`, rows);
}

function uncertain(text: string, rows: number | undefined): Reason {
  if (rows === undefined) return because("too-uncertain", text);
  return because(
    "too-uncertain",
    `${text} About ${rows} rows would settle it.`,
    `Measure on about ${rows} rows, or accept a wider margin.`,
  );
}

/** `recall (country=BR) went from 0.708 to 0.583 (-0.125, 95% interval -0.208 to -0.042)`. */
function movement({ name, candidate, baseline, difference }: Compared): string {
  const { change, scale, interval } = difference;
  const amount = amountText(change, scale, true);
  const spread =
    interval === undefined
      ? ""
      : `, ${percentText(interval.level)} interval ${amountText(interval.low, scale)} to ${amountText(interval.high, scale)}`;
  return `${name} went from ${numberText(baseline)} to ${numberText(candidate)} (${amount}${spread})`;
}
