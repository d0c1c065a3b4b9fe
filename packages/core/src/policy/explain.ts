import { amountText, numberText } from "../gates/number-text.ts";
import { asksNothing, type RuleKeys } from "../gates/questions.ts";
import { marginOf } from "./margin.ts";
import type { GateEntry, MarginText, Policy } from "./schema.ts";

/** What one gate asks, in a sentence. */
export interface Explanation {
  model: string;
  gate: string;
  sentence: string;
}

/** Each gate of a policy as one plain sentence, in the order of the file. */
export function explain(policy: Policy): Explanation[] {
  return Object.entries(policy.models).flatMap(([model, { gates }]) =>
    gates.map((entry) => ({ model, gate: entry.metric, sentence: sentenceOf(entry, policy) })),
  );
}

function sentenceOf(entry: GateEntry, policy: Policy): string {
  const subject = entry.metric.includes("*") ? `Every metric that matches ${entry.metric}` : entry.metric;
  const { slices } = entry;
  const own = asksNothing(entry) && slices !== undefined && !asksNothing(slices) ? [] : clauses(entry);
  const parts = own.length === 0 ? [] : [joined(own)];
  if (slices !== undefined) {
    const asked = asksNothing(slices) ? "the same" : joined(clauses(slices));
    const support = slices["min-support"] ?? 100;
    parts.push(`in each slice by ${slices.by.join(", ")} with at least ${support} rows ${asked}`);
  }
  return `${subject} ${parts.join("; ")}${consequence(entry, policy)}.`;
}

function clauses(keys: RuleKeys): string[] {
  const found: string[] = [];
  const { "max-drop": drop, "max-rise": rise, "max-off": off, "min-gain": gain, min, max, target } = keys;
  if (drop !== undefined) found.push(isZero(drop) ? "must not drop" : `must not drop by more than ${text(drop)}`);
  if (rise !== undefined) found.push(isZero(rise) ? "must not rise" : `must not rise by more than ${text(rise)}`);
  if (asksNothing(keys)) found.push("must not get worse");
  if (gain !== undefined)
    found.push(isZero(gain) ? "must really improve" : `must really improve by more than ${text(gain)}`);
  if (off !== undefined) {
    const aim = target === undefined ? "its target" : numberText(target);
    found.push(`must stay within ${numberText(off)} of ${aim}`);
  }
  if (min !== undefined) found.push(`must be at least ${min}`);
  if (max !== undefined) found.push(`must be at most ${max}`);
  return found;
}

function joined(parts: string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

function isZero(margin: MarginText): boolean {
  return marginOf(margin)?.value === 0;
}

function text(margin: MarginText): string {
  const read = marginOf(margin);
  if (read === undefined) return String(margin);
  return read.scale === "relative" ? `${amountText(read.value, "relative")} of the baseline` : numberText(read.value);
}

function consequence(entry: GateEntry, policy: Policy): string {
  if (entry.severity === "info") return "; this is only shown";
  const fails = entry.severity === "warn" ? "otherwise it warns" : "otherwise the gate fails";
  const open = entry["on-inconclusive"] ?? policy["on-inconclusive"] ?? "warn";
  const verb = open === "fail" && entry.severity !== "warn" ? "fails" : open === "pass" ? "passes" : "warns";
  return `; ${fails}, and an open result ${verb}`;
}
