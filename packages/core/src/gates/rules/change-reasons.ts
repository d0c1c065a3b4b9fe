import type { Outcome, Reason } from "../../documents/verdict.ts";
import { FEW_DIFFERING, OF_ONE_ROW } from "../../statistics/difference/few-differing.ts";
import type { Difference } from "../../statistics/difference.ts";
import type { Compared } from "../judge-change.ts";
import { amountText, numberText, percentText } from "../number-text.ts";
import type { ChangeQuestion } from "../questions.ts";
import { because } from "../reasons.ts";
import { isUnshown } from "./gain.ts";
import type { Settling } from "./rows-to-settle.ts";
import { ENOUGH_ALIKE } from "./unshown-spread.ts";

/** Below this many rows or other units an interval that rests on a normal limit may be too narrow. */
const FEW = 30;

/** Why a change was judged as it was, in sentences with its numbers. `warned`: it fails the warn-margin. */
export function changeReasons(
  question: ChangeQuestion,
  compared: Compared,
  found: { outcome: Outcome; settling: Settling | undefined; warned: boolean },
): Reason[] {
  const reasons = [mainReason(question, compared, found.outcome, found.settling)];
  if (found.warned && question.warnMargin !== undefined) {
    const { value, scale } = question.warnMargin;
    const text = `${movement(compared)}, more than the warn-margin of ${amountText(value, scale)}.`;
    reasons.push(because("beyond-warn-margin", text));
  }
  if (compared.difference.interval === undefined) {
    const { bare } = compared.difference;
    const of = bare === undefined ? "" : ` of the ${bare}`;
    const text = `No uncertainty is given for ${compared.name}${of}, so the bare values were judged.`;
    const next =
      bare === "baseline"
        ? "Record the baseline again with a standard error, an interval or repeats, as the candidate has."
        : bare && "Give the candidate's predictions, repeats, or a standard error beside the value.";
    reasons.push(because("no-uncertainty", text, next));
  }
  if (isUnshown(compared)) {
    const text = `All rows of ${compared.name} differ alike, and fewer than ${ENOUGH_ALIKE} do not show how rows vary.`;
    reasons.push(because("low-n", text));
  } else if (compared.difference.lowN === true) {
    const { counted } = compared.difference;
    const few =
      counted !== undefined && counted.n < FEW
        ? `${counted.n} ${counted.of}, fewer than ${FEW}`
        : `fewer than ${FEW} rows, or fewer than 10 of a class`;
    const next = counted !== undefined && counted.n < FEW ? `Measure on more ${counted.of}.` : undefined;
    reasons.push(because("low-n", `${compared.name} rests on ${few}: its interval may be too narrow.`, next));
  }
  if (found.outcome === "inconclusive" && compared.difference.few !== undefined)
    reasons.push(fewDiffer(question, compared, compared.difference.few));
  return reasons;
}

/** How few rows tell the sides apart, and of an area of ranks whether the margin is less than half of what one row can make. */
function fewDiffer(
  { margin }: ChangeQuestion,
  { name, difference }: Compared,
  { differing, one }: NonNullable<Difference["few"]>,
): Reason {
  const units = `${Math.max(1, Math.round(differing))} of its ${difference.counted?.of ?? "rows"}`;
  const text = `The two sides of ${name} differ in about ${units}, fewer than ${FEW_DIFFERING}, and the interval allows for that.`;
  if (one === undefined || margin.value >= OF_ONE_ROW * one) return because("few-rows-differ", text);
  const share = `One row of the rarer class alone can make ${amountText(one, difference.scale)}, more than twice the margin.`;
  return because("few-rows-differ", `${text} ${share}`);
}

function mainReason(
  question: ChangeQuestion,
  compared: Compared,
  outcome: Outcome,
  settling: Settling | undefined,
): Reason {
  const of = compared.difference.counted?.of;
  const moved = movement(compared);
  const margin = amountText(question.margin.value, question.margin.scale);
  switch (question.rule) {
    case "improvement":
      if (outcome === "pass") return because("improvement-proven", `${moved}, a gain of more than ${margin}.`);
      if (outcome === "fail") return because("no-improvement", `${moved}, not a gain of more than ${margin}.`);
      return uncertain(`${moved}; whether the gain is more than ${margin} is open.`, settling, of);
    case "equivalence":
      if (outcome === "pass") return because("unchanged", `${moved}, a change of at most ${margin} either way.`);
      if (outcome === "fail") return because("changed", `${moved}, a change of more than ${margin}.`);
      return uncertain(`${moved}; whether the change is at most ${margin} is open.`, settling, of);
    case "no-regression":
      if (outcome === "pass") return because("within-margin", `${moved}, within the margin of ${margin}.`);
      if (outcome === "fail")
        return because("worse-than-margin", `${moved}, worse by more than the margin of ${margin}.`);
      return uncertain(`${moved}; whether the loss is within the margin of ${margin} is open.`, settling, of);
  }
}

/** The reason of an open question, with what would settle it when that is known; `of`: what is counted, when not rows. */
export function uncertain(text: string, settling: Settling | undefined, of = "rows"): Reason {
  if (settling === undefined) return because("too-uncertain", text);
  if ("never" in settling) {
    return settling.never === "runs"
      ? because(
          "too-uncertain",
          `${text} More ${of} alone cannot settle it: the noise between runs remains.`,
          "Measure more training runs (`repeats`), or accept a wider margin.",
        )
      : because("too-uncertain", `${text} It would take more ${of} than can be had.`, "Accept a wider margin.");
  }
  const { rows, when } = settling;
  const truth = when === "equal" ? "the true change is 0" : "what was observed is the truth";
  return because(
    "too-uncertain",
    `${text} About ${rows} ${of} would probably settle it if ${truth}.`,
    `Measure on about ${rows} ${of}, or accept a wider margin.`,
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
  // Joined, since a template would keep all its parts in memory beside the text.
  return [name, " went from ", numberText(baseline), " to ", numberText(candidate), " (", amount, spread, ")"].join("");
}
