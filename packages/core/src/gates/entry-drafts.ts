import type { Direction } from "../documents/fields.ts";
import type { Rule } from "../documents/verdict.ts";
import type { GateEntry } from "../policy/schema.ts";
import { type Draft, draftOf, nameOf, unjudged, withValues } from "./draft.ts";
import type { Compared } from "./judge-change.ts";
import { judgeLimit } from "./judge-limit.ts";
import { asksNothing, type ChangeQuestion, type LimitQuestion } from "./questions.ts";
import type { Reading } from "./reading.ts";
import { because } from "./reasons.ts";

/** A comparison of a slice that waits for Holm's correction over all slices of its gate. */
export interface Pending {
  question: ChangeQuestion;
  compared: Compared;
  draft(adjustedP: number | undefined): Draft;
}

/** A gate whose only rules stand under `slices` asks nothing of all rows together. */
export function overallAsked(entry: GateEntry): boolean {
  return !(asksNothing(entry) && entry.slices !== undefined && !asksNothing(entry.slices));
}

/** A gate whose keys do not fit the metric. */
export function wrongKeys(
  entry: GateEntry,
  metric: string,
  { wrong, next, rule }: { wrong: string; next: string; rule: Rule },
): Draft {
  return draftOf(entry, metric, rule, unjudged("missing", because("policy-error", wrong, next)));
}

/** The direction as a field of a reading. */
export function directed(direction: Direction | undefined): { direction?: Direction } {
  return direction === undefined ? {} : { direction };
}

/** The result of a limit on the candidate's value, which must be a number. */
export function limitDraft(entry: GateEntry, question: LimitQuestion, reading: Reading): Draft {
  const value = reading.candidate.is === "number" ? reading.candidate.value : Number.NaN;
  const found = judgeLimit(question, nameOf(reading.metric, reading.slice), value);
  return withValues(draftOf(entry, reading.metric, question.rule, found, reading.slice), reading);
}
