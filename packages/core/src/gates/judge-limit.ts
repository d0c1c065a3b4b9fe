import type { Judged } from "./judge-change.ts";
import { numberText } from "./number-text.ts";
import type { LimitQuestion } from "./questions.ts";
import { because } from "./reasons.ts";

/** Judges a value by a limit, inclusive: at least `min`, at most `max`, or at most `limit` away from the target. */
export function judgeLimit(question: LimitQuestion, name: string, value: number): Judged {
  const limit = question.limit;
  const is = `${name} is ${numberText(value)}`;
  if (question.rule === "min") {
    if (value >= limit)
      return { outcome: "pass", limit, reasons: [because("within-limit", `${is}, at least ${numberText(limit)}.`)] };
    return {
      outcome: "fail",
      limit,
      reasons: [because("below-min", `${is}, below the floor of ${exactText(limit, value)}.`)],
    };
  }
  if (question.rule === "max") {
    if (value <= limit)
      return { outcome: "pass", limit, reasons: [because("within-limit", `${is}, at most ${numberText(limit)}.`)] };
    return {
      outcome: "fail",
      limit,
      reasons: [because("above-max", `${is}, above the ceiling of ${exactText(limit, value)}.`)],
    };
  }
  const off = Math.abs(value - question.target);
  // The subtraction rounds: 0.6 − 0.5 is a little below 0.1, 1.1 − 1 a little above it.
  const slack = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(question.target));
  const text = `${is}, ${numberText(off)} from the target ${numberText(question.target)}`;
  if (off <= limit + slack) {
    return {
      outcome: "pass",
      limit,
      reasons: [because("within-limit", `${text}, at most ${numberText(limit)} away.`)],
    };
  }
  return { outcome: "fail", limit, reasons: [because("off-target", `${text}, more than ${numberText(limit)} away.`)] };
}

/** Where rounding would make both look equal, all digits are shown. */
function exactText(limit: number, value: number): string {
  return numberText(limit) === numberText(value) ? `${limit} (exactly ${value})` : numberText(limit);
}
