import type { Outcome } from "../../documents/verdict.ts";
import type { Difference } from "../../statistics/difference.ts";
import type { Compared } from "../judge-change.ts";
import type { ChangeQuestion } from "../questions.ts";
import { isSpreadUnshown } from "./unshown-spread.ts";

/** A change as a gain: positive when better. Without an interval `low` and `high` are the gain itself. */
export interface Gain {
  gain: number;
  low: number;
  high: number;
}

/** Turns a change so that more is better. */
export function gainOf({ direction }: ChangeQuestion, { change, interval }: Difference): Gain {
  const low = interval?.low ?? change;
  const high = interval?.high ?? change;
  return direction === "up" ? { gain: change, low, high } : { gain: -change, low: -high, high: -low };
}

/** The p that counts among the slices of a gate: of "no loss", for an equivalence of "no change" either way. */
export function familyP({ rule }: ChangeQuestion, { pLoss }: Difference): number | undefined {
  if (pLoss === undefined || rule !== "equivalence") return pLoss;
  return Math.min(1, 2 * Math.min(pLoss, 1 - pLoss));
}

/**
 * What a question finds at a margin, by the table of rules in docs/decisions.md (MetricGate's own; tests of non-inferiority and equivalence
 * by intervals: Schuirmann 1987). `level` is two-sided. What rests on a few rows that all differ alike stays open.
 */
export function outcomeAt(question: ChangeQuestion, margin: number, compared: Compared, level: number): Outcome {
  if (isUnshown(compared)) return "inconclusive";
  const gain = gainOf(question, compared.difference);
  const slack = roundingSlack(compared);
  const limit = margin + slack;
  switch (question.rule) {
    case "improvement":
      if (gain.low > limit) return "pass";
      return gain.high <= limit ? "fail" : "inconclusive";
    case "equivalence":
      if (gain.low >= -limit && gain.high <= limit) return "pass";
      return Math.abs(gain.gain) > limit && isReal(question, gain, compared, level) ? "fail" : "inconclusive";
    case "no-regression":
      if (gain.low >= -limit) return "pass";
      return gain.gain < -limit && isEvident(question, gain, limit, compared, level) ? "fail" : "inconclusive";
  }
}

/** Whether the few rows of a comparison all differ alike, so that its interval proves nothing. */
export function isUnshown({ candidate, baseline, difference, n }: Compared): boolean {
  // The width of a relative change is held against the values as shares of the baseline.
  const unit = difference.scale === "relative" ? Math.abs(baseline) : 1;
  return isSpreadUnshown(difference.interval, difference.n ?? n, [candidate / unit, baseline / unit]);
}

/** Whether a loss beyond the margin is shown as strictly as the gate asks. */
function isEvident(question: ChangeQuestion, gain: Gain, limit: number, compared: Compared, level: number): boolean {
  if (question.evidence === "estimate") return true;
  const real = isReal(question, gain, compared, level);
  return question.evidence === "proven" ? gain.high < -limit && real : real;
}

/** Whether there is a change at all: by the interval, or in slices by the adjusted p. */
function isReal({ rule }: ChangeQuestion, { low, high }: Gain, { adjustedP }: Compared, level: number): boolean {
  if (rule === "equivalence") return adjustedP === undefined ? high < 0 || low > 0 : adjustedP <= 1 - level;
  return adjustedP === undefined ? high < 0 : adjustedP <= (1 - level) / 2;
}

/** 0.90 − 0.91 is a little below −0.01 in doubles: a few units in the last place of the values never decide. */
function roundingSlack({ candidate, baseline, difference }: Compared): number {
  const absolute = 4 * Number.EPSILON * Math.max(Math.abs(candidate), Math.abs(baseline));
  return difference.scale === "relative" ? absolute / Math.abs(baseline) : absolute;
}
