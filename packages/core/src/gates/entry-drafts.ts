import type { Direction } from "../documents/fields.ts";
import type { GateEntry } from "../policy/schema.ts";
import { type Draft, draftOf, nameOf, unjudged, type Values } from "./draft.ts";
import { type Compared, judgeChange } from "./judge-change.ts";
import { judgeLimit } from "./judge-limit.ts";
import { unitObstacle } from "./measure.ts";
import type { WrongKeys } from "./question-conflicts.ts";
import { asksNothing, type ChangeQuestion, type LimitQuestion } from "./questions.ts";
import type { Reading } from "./reading.ts";
import { because } from "./reasons.ts";
import type { Scope } from "./scope.ts";

/** A comparison that waits for the correction over all of its family: the slices of a gate, or the metrics of a glob. */
export interface Pending {
  family: "metrics" | "slices";
  question: ChangeQuestion;
  compared: Compared;
  draft(adjustedP: number | undefined): Draft;
}

/** A gate whose only rules stand under `slices` or `fairness` asks nothing of all rows together. */
export function overallAsked(entry: GateEntry): boolean {
  if (entry.fairness === undefined)
    return !asksNothing(entry) || entry.slices === undefined || asksNothing(entry.slices);
  const { fairness: _, ...keys } = entry;
  return !asksNothing(keys);
}

/** A gate whose keys do not fit the metric. */
export function wrongKeys(entry: GateEntry, metric: string, { wrong, next, rule }: WrongKeys): Draft {
  return draftOf(entry, metric, rule, unjudged("missing", because("policy-error", wrong, next)));
}

/** The direction as a field of a reading. */
export function directed(direction: Direction | undefined): { direction?: Direction } {
  return direction === undefined ? {} : { direction };
}

/** The result of a limit on the candidate's value, which must be a number; in another unit than the baseline's the limit says nothing of it. */
export function limitDraft(entry: GateEntry, question: LimitQuestion, reading: Reading, level: number): Draft {
  const otherUnit = unitObstacle(reading);
  if (otherUnit !== undefined) return draftOf(entry, reading.metric, question.rule, otherUnit, reading.slice, reading);
  const value = reading.candidate.is === "number" ? reading.candidate.value : Number.NaN;
  const interval = question.evidence === "bound" ? reading.interval(level) : undefined;
  const found = judgeLimit(question, {
    name: nameOf(reading.metric, reading.slice),
    value,
    ...(interval === undefined ? {} : { interval }),
    ...(reading.n === undefined ? {} : { n: reading.n }),
  });
  return draftOf(entry, reading.metric, question.rule, found, reading.slice, reading);
}

/** A comparison that waits for its family. */
export function pendingOf(
  entry: GateEntry,
  family: Pending["family"],
  question: ChangeQuestion,
  compared: Compared,
  reading: Reading,
  { level }: Scope,
): Pending {
  // Only what is shown is kept of the reading while 100,000 comparisons may wait.
  const { metric, slice, direction, unit, n, candidate, baseline } = reading;
  const values: Values = { candidate, baseline };
  if (direction !== undefined) values.direction = direction;
  if (unit !== undefined) values.unit = unit;
  if (n !== undefined) values.n = n;
  const draft = (adjustedP: number | undefined) => {
    const corrected = adjustedP === undefined ? compared : { ...compared, adjustedP };
    const found = judgeChange(question, corrected, level);
    return draftOf(entry, metric, question.rule, found, slice, values);
  };
  return { family, question, compared, draft };
}
