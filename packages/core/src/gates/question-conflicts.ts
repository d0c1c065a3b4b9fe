import type { Direction } from "../documents/fields.ts";
import type { Rule } from "../documents/verdict.ts";
import { asksNothing, impliedDirection, type RuleKeys } from "./questions.ts";

/** Why keys cannot be asked of a metric, the key it hangs on, and what to write. */
export interface WrongKeys {
  wrong: string;
  next: string;
  rule: Rule;
  key?: keyof RuleKeys;
}

/** What a key of a gate says against the direction of its metric; undefined when all fit. */
export function conflictOf(metric: string, keys: RuleKeys, direction: Direction | undefined): WrongKeys | undefined {
  const { "max-drop": drop, "max-rise": rise } = keys;
  const rule: Rule =
    keys["min-gain"] !== undefined && impliedDirection(keys) === undefined ? "improvement" : "no-regression";
  if (direction === "up" && rise !== undefined) {
    const wrong = `${metric} should be high, so max-rise does not fit it.`;
    return { wrong, next: `Write max-drop: ${rise} instead.`, rule, key: "max-rise" };
  }
  if (direction === "down" && drop !== undefined) {
    const wrong = `${metric} should be low, so max-drop does not fit it.`;
    return { wrong, next: `Write max-rise: ${drop} instead.`, rule, key: "max-drop" };
  }
  if (direction === "near") return nearConflict(metric, keys);
  if (keys["max-off"] !== undefined) {
    const wrong = `max-off belongs to metrics with a target, and ${metric} is not one.`;
    return { wrong, next: "Add direction: near and a target, or remove max-off.", rule: "near", key: "max-off" };
  }
  if (direction === undefined && (asksNothing(keys) || keys["min-gain"] !== undefined)) {
    const wrong = `It is not known which way ${metric} is good.`;
    return { wrong, next: "Write direction: up or direction: down in the gate.", rule };
  }
  return undefined;
}

function nearConflict(metric: string, keys: RuleKeys): WrongKeys | undefined {
  const rule = "near";
  const misfit = (["max-drop", "max-rise", "min-gain"] as const).find((key) => keys[key] !== undefined);
  if (misfit !== undefined) {
    const wrong = `${metric} should be near a target, so ${misfit} does not fit it.`;
    return { wrong, next: "Write max-off, the largest distance from the target, instead.", rule, key: misfit };
  }
  if (keys["max-off"] !== undefined && keys.target === undefined) {
    const wrong = `${metric} should be near a target, and no target is given.`;
    return { wrong, next: "Add target: …, the value wanted, beside max-off.", rule, key: "max-off" };
  }
  if (asksNothing(keys)) {
    return { wrong: `${metric} should be near a target, and nothing says how near.`, next: "Write max-off.", rule };
  }
  return undefined;
}
