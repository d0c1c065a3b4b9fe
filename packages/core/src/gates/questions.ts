import type { Direction } from "../documents/fields.ts";
import type { Evidence, Rule } from "../documents/verdict.ts";
import { type Margin, marginOf } from "../policy/margin.ts";
import type { HistoryRule } from "../policy/rule-schemas.ts";
import type { GateEntry } from "../policy/schema.ts";
import type { MarginText } from "../policy/written-margin.ts";
import { conflictOf, type WrongKeys } from "./question-conflicts.ts";

interface OfChange<R extends Rule> {
  rule: R;
  margin: Margin;
  /** A smaller margin in the same scale, whose breach only warns. */
  warnMargin?: Margin;
  direction: "up" | "down";
  evidence?: Evidence;
}

interface OfValue<R extends Rule> {
  rule: R;
  limit: number;
  evidence?: Evidence;
}

/** What a gate asks of one metric: a change against the baseline, a limit on the value, or past runs. */
export type ChangeQuestion = OfChange<"no-regression"> | OfChange<"improvement"> | OfChange<"equivalence">;
export type LimitQuestion = OfValue<"min"> | OfValue<"max"> | (OfValue<"near"> & { target: number });
/** Without a direction both edges of the band are judged. */
export interface HistoryQuestion {
  rule: "history";
  direction: "up" | "down" | undefined;
  history: HistoryRule;
}
export type Question = ChangeQuestion | LimitQuestion | HistoryQuestion;

/** The keys with which a question is asked; of a gate or of its slices. */
export type RuleKeys = Pick<
  GateEntry,
  | "max-drop"
  | "max-rise"
  | "max-change"
  | "warn-margin"
  | "max-off"
  | "min"
  | "max"
  | "min-gain"
  | "target"
  | "evidence"
  | "history"
>;

export type Questions = { questions: Question[] } | WrongKeys;

/**
 * The questions that a gate's keys ask of a metric with this direction, in the order no-regression, improvement, equivalence, near,
 * min, max, history. Keys that ask nothing mean no-regression with margin 0. `wrong` when a key does not fit the direction.
 */
export function questionsOf(metric: string, keys: RuleKeys, direction: Direction | undefined): Questions {
  const conflict = conflictOf(metric, keys, direction);
  if (conflict !== undefined) return conflict;
  const { min, max, "max-off": off, target, history } = keys;
  const limit = keys.evidence === "bound" ? { evidence: keys.evidence } : {};
  const questions: Question[] = changeQuestions(keys, direction);
  if (direction === "near" && off !== undefined && target !== undefined)
    questions.push({ rule: "near", limit: off, target, ...limit });
  if (min !== undefined) questions.push({ rule: "min", limit: min, ...limit });
  if (max !== undefined) questions.push({ rule: "max", limit: max, ...limit });
  if (history !== undefined) {
    questions.push({ rule: "history", direction: direction === "near" ? undefined : direction, history });
  }
  return { questions };
}

function changeQuestions(keys: RuleKeys, direction: Direction | undefined): ChangeQuestion[] {
  const { "min-gain": gain, "max-change": change, "warn-margin": warn, evidence } = keys;
  const questions: ChangeQuestion[] = [];
  const warnMargin = warn === undefined ? {} : { warnMargin: read(warn) };
  if (direction === "up" || direction === "down") {
    const written = direction === "up" ? keys["max-drop"] : keys["max-rise"];
    const stated = evidence === undefined || evidence === "bound" ? {} : { evidence };
    if (written !== undefined || asksNothing(keys))
      questions.push({ rule: "no-regression", margin: read(written ?? 0), direction, ...warnMargin, ...stated });
    if (gain !== undefined) questions.push({ rule: "improvement", margin: read(gain), direction });
  }
  if (change !== undefined) {
    const way = direction === "down" ? "down" : "up";
    questions.push({ rule: "equivalence", margin: read(change), direction: way, ...warnMargin });
  }
  return questions;
}

/** Whether a question is about the change against a baseline. */
export function isChange(question: Question): question is ChangeQuestion {
  return question.rule === "no-regression" || question.rule === "improvement" || question.rule === "equivalence";
}

/** Whether the keys ask nothing of their own, so that the default question is meant. */
export function asksNothing(keys: RuleKeys & Pick<GateEntry, "fairness">): boolean {
  return (
    keys["max-drop"] === undefined &&
    keys["max-rise"] === undefined &&
    keys["max-change"] === undefined &&
    keys["max-off"] === undefined &&
    keys["min-gain"] === undefined &&
    keys.min === undefined &&
    keys.max === undefined &&
    keys.history === undefined &&
    keys.fairness === undefined
  );
}

/** The direction that the keys themselves imply: `max-drop` up, `max-rise` down, `max-off` near. */
export function impliedDirection(keys: RuleKeys): Direction | undefined {
  if (keys["max-drop"] !== undefined) return "up";
  if (keys["max-rise"] !== undefined) return "down";
  return keys["max-off"] === undefined ? undefined : "near";
}

/** The schema has checked the text, so what is no margin can only come from a caller that skipped it: the strictest one. */
function read(text: MarginText): Margin {
  return marginOf(text) ?? { value: 0, scale: "absolute" };
}
