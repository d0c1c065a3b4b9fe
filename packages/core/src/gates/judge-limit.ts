import type { Interval } from "../documents/fields.ts";
import type { Reason } from "../documents/verdict.ts";
import { normalQuantile } from "../statistics/normal.ts";
import type { Judged } from "./judge-change.ts";
import { numberText, percentText } from "./number-text.ts";
import type { LimitQuestion } from "./questions.ts";
import { because } from "./reasons.ts";
import { uncertain } from "./rules/change-reasons.ts";
import { rowsFor, type Settling } from "./rules/rows-to-settle.ts";
import { ENOUGH_ALIKE, isSpreadUnshown } from "./rules/unshown-spread.ts";

/** A value to hold against a limit, with what its uncertainty is known by. */
export interface Limited {
  name: string;
  value: number;
  /** Asked for with `evidence: bound` only; undefined when there is none. */
  interval?: Interval;
  n?: number;
}

/**
 * Judges a value by a limit, inclusive: at least `min`, at most `max`, or at most `limit` away from the target. With `evidence: bound` the
 * whole interval must lie inside to pass and outside to fail; a value without one passes nothing, and fails when it lies outside itself.
 * A value that breaks the limit fails too where its interval lies wholly inside: such an interval is none of this value.
 */
export function judgeLimit(question: LimitQuestion, limited: Limited): Judged {
  const { limit, evidence } = question;
  const [low, high] = allowedRange(question, limited.value);
  const { value, interval } = limited;
  const inside = value >= low && value <= high;
  const stated = evidence === undefined ? {} : { evidence };
  if (evidence !== "bound")
    return { outcome: inside ? "pass" : "fail", limit, reasons: [reasonOf(question, limited, inside)], ...stated };
  if (interval === undefined) {
    const text = `No uncertainty is given for ${limited.name}, so that it keeps the limit cannot be proven.`;
    const open = uncertain(`${limited.name} is ${numberText(value)}; whether it keeps the limit is open.`, undefined);
    const reasons = [inside ? open : reasonOf(question, limited, false), because("no-uncertainty", text)];
    return { outcome: inside ? "inconclusive" : "fail", limit, reasons, ...stated };
  }
  const unshown = isSpreadUnshown(interval, limited.n, [value]);
  const shown = { limit, interval, ...stated, ...(limited.n === undefined ? {} : { n: limited.n }) };
  if (!unshown && interval.low >= low && interval.high <= high)
    return { outcome: inside ? "pass" : "fail", reasons: [reasonOf(question, limited, inside)], ...shown };
  if (interval.high < low || interval.low > high)
    return { outcome: "fail", reasons: [reasonOf(question, limited, false)], ...shown };
  const settling: Settling | undefined = unshown
    ? { rows: ENOUGH_ALIKE, when: "observed" }
    : settlingOf(limited, Math.min(Math.abs(value - low), Math.abs(value - high)));
  const text = `${isText(limited)}; whether it keeps the limit ${limitText(question)} is open.`;
  const settled = settling !== undefined && "rows" in settling ? { rowsNeeded: settling.rows } : {};
  return { outcome: "inconclusive", reasons: [uncertain(text, settling)], ...shown, ...settled };
}

/** Where the value may lie. The subtraction from a target rounds: 0.6 − 0.5 is a little below 0.1, 1.1 − 1 a little above it. */
function allowedRange(question: LimitQuestion, value: number): [number, number] {
  if (question.rule === "min") return [question.limit, Number.POSITIVE_INFINITY];
  if (question.rule === "max") return [Number.NEGATIVE_INFINITY, question.limit];
  const slack = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(question.target));
  return [question.target - question.limit - slack, question.target + question.limit + slack];
}

/** The width of the interval tells how the rows vary. */
function settlingOf({ interval, n }: Limited, distance: number): Settling | undefined {
  if (interval?.method === "repeats") return { never: "runs" };
  if (interval === undefined || n === undefined) return undefined;
  const stderr = (interval.high - interval.low) / (2 * normalQuantile((1 + interval.level) / 2));
  return rowsFor(stderr * Math.sqrt(n), distance, interval.level, n);
}

function reasonOf(question: LimitQuestion, limited: Limited, kept: boolean): Reason {
  const { limit } = question;
  const { value } = limited;
  const is = isText(limited);
  switch (question.rule) {
    case "min":
      return kept
        ? because("within-limit", `${is}, at least ${numberText(limit)}.`)
        : because("below-min", `${is}, below the floor of ${exactText(limit, value)}.`);
    case "max":
      return kept
        ? because("within-limit", `${is}, at most ${numberText(limit)}.`)
        : because("above-max", `${is}, above the ceiling of ${exactText(limit, value)}.`);
    case "near": {
      const off = Math.abs(value - question.target);
      const text = `${is}, ${numberText(off)} from the target ${numberText(question.target)}`;
      return kept
        ? because("within-limit", `${text}, at most ${numberText(limit)} away.`)
        : because("off-target", `${text}, more than ${numberText(limit)} away.`);
    }
  }
}

function isText({ name, value, interval }: Limited): string {
  if (interval === undefined) return `${name} is ${numberText(value)}`;
  const { level, low, high } = interval;
  return `${name} is ${numberText(value)} (${percentText(level)} interval ${numberText(low)} to ${numberText(high)})`;
}

function limitText(question: LimitQuestion): string {
  if (question.rule === "near") return `${numberText(question.target)} ± ${numberText(question.limit)}`;
  return `of at ${question.rule === "min" ? "least" : "most"} ${numberText(question.limit)}`;
}

/** Where rounding would make both look equal, all digits are shown. */
function exactText(limit: number, value: number): string {
  return numberText(limit) === numberText(value) ? `${limit} (exactly ${value})` : numberText(limit);
}
