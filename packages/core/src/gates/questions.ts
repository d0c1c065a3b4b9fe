import type { Direction } from "../documents/fields.ts";
import type { Rule } from "../documents/verdict.ts";
import { type Margin, marginOf } from "../policy/margin.ts";
import type { GateEntry, MarginText } from "../policy/schema.ts";

interface OfChange<R extends Rule> {
  rule: R;
  margin: Margin;
  direction: "up" | "down";
}

interface OfValue<R extends Rule> {
  rule: R;
  limit: number;
}

/** What a gate asks of one metric: a change against the baseline, or a limit on the value. */
export type ChangeQuestion = OfChange<"no-regression"> | OfChange<"improvement">;
export type LimitQuestion = OfValue<"min"> | OfValue<"max"> | (OfValue<"near"> & { target: number });
export type Question = ChangeQuestion | LimitQuestion;

/** The keys with which a question is asked; of a gate or of its slices. */
export type RuleKeys = Pick<GateEntry, "max-drop" | "max-rise" | "max-off" | "min" | "max" | "min-gain" | "target">;

export type Questions = { questions: Question[] } | { wrong: string; next: string; rule: Rule };

/**
 * The questions that a gate's keys ask of a metric with this direction, in the order no-regression, improvement, near, min, max.
 * A gate without any such key asks no-regression with margin 0. `wrong` when a key does not fit the direction.
 */
export function questionsOf(metric: string, keys: RuleKeys, direction: Direction | undefined): Questions {
  const conflict = conflictOf(metric, keys, direction);
  if (conflict !== undefined) return conflict;
  const questions: Question[] = [];
  const { min, max, "max-off": off, "min-gain": gain, target } = keys;
  const bare = asksNothing(keys);
  if (direction === "near") {
    if (off !== undefined && target !== undefined) questions.push({ rule: "near", limit: off, target });
  } else if (direction !== undefined) {
    const written = direction === "up" ? keys["max-drop"] : keys["max-rise"];
    if (written !== undefined || bare) questions.push({ rule: "no-regression", margin: read(written ?? 0), direction });
    if (gain !== undefined) questions.push({ rule: "improvement", margin: read(gain), direction });
  }
  if (min !== undefined) questions.push({ rule: "min", limit: min });
  if (max !== undefined) questions.push({ rule: "max", limit: max });
  return { questions };
}

/** Whether the keys ask nothing of their own, so that the default question is meant. */
export function asksNothing(keys: RuleKeys): boolean {
  const asked = [keys["max-drop"], keys["max-rise"], keys["max-off"], keys.min, keys.max, keys["min-gain"]];
  return asked.every((key) => key === undefined);
}

/** Whether any of the keys needs a baseline. */
export function needsBaseline(keys: RuleKeys): boolean {
  return (
    asksNothing(keys) ||
    keys["max-drop"] !== undefined ||
    keys["max-rise"] !== undefined ||
    keys["min-gain"] !== undefined
  );
}

/** The direction that the keys themselves imply: `max-drop` up, `max-rise` down, `max-off` near. */
export function impliedDirection(keys: RuleKeys): Direction | undefined {
  if (keys["max-drop"] !== undefined) return "up";
  if (keys["max-rise"] !== undefined) return "down";
  return keys["max-off"] === undefined ? undefined : "near";
}

function conflictOf(
  metric: string,
  keys: RuleKeys,
  direction: Direction | undefined,
): Extract<Questions, { wrong: string }> | undefined {
  const changeRule: Rule =
    keys["min-gain"] !== undefined && impliedDirection(keys) === undefined ? "improvement" : "no-regression";
  const wrong = (text: string, next: string, rule: Rule = changeRule) => ({ wrong: text, next, rule });
  const { "max-drop": drop, "max-rise": rise, "max-off": off } = keys;
  if (direction === "up" && rise !== undefined) {
    return wrong(
      `${metric} should be high, so max-rise does not fit it.`,
      `Write max-drop: ${rise} instead of max-rise.`,
    );
  }
  if (direction === "down" && drop !== undefined) {
    return wrong(
      `${metric} should be low, so max-drop does not fit it.`,
      `Write max-rise: ${drop} instead of max-drop.`,
    );
  }
  if (direction !== "near" && off !== undefined) {
    return wrong(
      `max-off belongs to metrics with a target, and ${metric} is not one.`,
      "Write direction: near and a target.",
      "near",
    );
  }
  if (direction === "near") {
    if (drop !== undefined || rise !== undefined || keys["min-gain"] !== undefined) {
      return wrong(
        `${metric} should be near a target, so max-drop, max-rise and min-gain do not fit it.`,
        "Write max-off instead.",
        "near",
      );
    }
    if (off !== undefined && keys.target === undefined) {
      return wrong(
        `${metric} should be near a target, and no target is given.`,
        "Write target beside max-off.",
        "near",
      );
    }
    if (asksNothing(keys))
      return wrong(`${metric} should be near a target, and nothing says how near.`, "Write max-off.", "near");
  }
  if (direction === undefined && (asksNothing(keys) || keys["min-gain"] !== undefined)) {
    return wrong(`It is not known which way ${metric} is good.`, "Write direction: up or direction: down in the gate.");
  }
  return undefined;
}

/** The schema has checked the text, so what is no margin can only come from a caller that skipped it: the strictest one. */
function read(text: MarginText): Margin {
  return marginOf(text) ?? { value: 0, scale: "absolute" };
}
