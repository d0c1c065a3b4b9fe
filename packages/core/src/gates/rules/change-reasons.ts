import type { Outcome, Reason } from "../../documents/verdict.ts";
import type { Compared } from "../judge-change.ts";
import { amountText, numberText, percentText } from "../number-text.ts";
import type { ChangeQuestion } from "../questions.ts";
import { because } from "../reasons.ts";

/** Why a change was judged as it was, in sentences with its numbers. `warned`: it fails the warn-margin. */
export function changeReasons(
  question: ChangeQuestion,
  compared: Compared,
  found: { outcome: Outcome; rows: number | undefined; warned: boolean },
): Reason[] {
  const reasons = [mainReason(question, compared, found.outcome, found.rows)];
  if (found.warned && question.warnMargin !== undefined) {
    const { value, scale } = question.warnMargin;
    const text = `${movement(compared)}, more than the warn-margin of ${amountText(value, scale)}.`;
    reasons.push(because("beyond-warn-margin", text));
  }
  if (compared.difference.interval === undefined) {
    const text = `No uncertainty is given for ${compared.name}, so the bare values were judged.`;
    reasons.push(because("no-uncertainty", text));
  }
  if (compared.difference.lowN === true) {
    const text = `${compared.name} rests on fewer than 30 rows, or fewer than 10 of a class: its interval may be too narrow.`;
    reasons.push(because("low-n", text));
  }
  return reasons;
}

function mainReason(question: ChangeQuestion, compared: Compared, outcome: Outcome, rows: number | undefined): Reason {
  const moved = movement(compared);
  const margin = amountText(question.margin.value, question.margin.scale);
  switch (question.rule) {
    case "improvement":
      if (outcome === "pass") return because("improvement-proven", `${moved}, a gain of more than ${margin}.`);
      if (outcome === "fail") return because("no-improvement", `${moved}, not a gain of more than ${margin}.`);
      return uncertain(`${moved}; whether the gain is more than ${margin} is open.`, rows);
    case "equivalence":
      if (outcome === "pass") return because("unchanged", `${moved}, a change of at most ${margin} either way.`);
      if (outcome === "fail") return because("changed", `${moved}, a change of more than ${margin}.`);
      return uncertain(`${moved}; whether the change is at most ${margin} is open.`, rows);
    case "no-regression":
      if (outcome === "pass") return because("within-margin", `${moved}, within the margin of ${margin}.`);
      if (outcome === "fail")
        return because("worse-than-margin", `${moved}, worse by more than the margin of ${margin}.`);
      return uncertain(`${moved}; whether the loss is within the margin of ${margin} is open.`, rows);
  }
}

/** The reason of an open question, with the number of rows that would settle it when that is known. */
export function uncertain(text: string, rows: number | undefined): Reason {
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
  // Joined, since a template would keep all its parts in memory beside the text.
  return [name, " went from ", numberText(baseline), " to ", numberText(candidate), " (", amount, spread, ")"].join("");
}
