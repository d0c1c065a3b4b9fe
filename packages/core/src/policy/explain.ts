import { numberText } from "../gates/number-text.ts";
import { asksNothing, type RuleKeys } from "../gates/questions.ts";
import { fairnessClause, historyClause } from "./explain-rules.ts";
import type { GateEntry, ModelPolicy, Policy } from "./schema.ts";
import { isZero, spokenMargin } from "./spoken-margin.ts";

/** What one gate asks, in a sentence. */
export interface Explanation {
  model: string;
  gate: string;
  sentence: string;
}

/** Each gate of a policy as one plain sentence, in the order of the file. */
export function explain(policy: Policy): Explanation[] {
  return Object.entries(policy.models).flatMap(([model, keys]) =>
    keys.gates.map((entry) => ({ model, gate: entry.metric, sentence: sentenceOf(entry, keys, policy) })),
  );
}

function sentenceOf(entry: GateEntry, model: ModelPolicy, policy: Policy): string {
  const was = entry.was === undefined ? "" : ` (also as ${entry.was.join(", ")})`;
  const subject = entry.metric.includes("*") ? `Every metric that matches ${entry.metric}` : `${entry.metric}${was}`;
  const { slices, fairness, ...keys } = entry;
  const own = asksNothing(keys) && onlyElsewhere(entry) ? [] : clauses(keys);
  const parts = own.length === 0 ? [] : [joined(own)];
  const { anchor } = policy.baseline ?? {};
  if (anchor !== undefined && asksLoss(entry)) parts.push(`the same against the anchor ${anchor}`);
  if (fairness !== undefined) parts.push(fairnessClause(fairness));
  if (slices !== undefined) parts.push(sliceClause(slices));
  return `${subject} ${parts.join("; ")}${consequence(entry, policy)}${frame(model)}.`;
}

/** Whether a gate says its rules under slices or fairness only. */
function onlyElsewhere({ slices, fairness }: GateEntry): boolean {
  return fairness !== undefined || (slices !== undefined && !asksNothing(slices));
}

function asksLoss(entry: GateEntry): boolean {
  const loss = (keys: RuleKeys) => keys["max-drop"] !== undefined || keys["max-rise"] !== undefined;
  if (loss(entry) || (entry.slices !== undefined && loss(entry.slices))) return true;
  return asksNothing(entry) && (entry.slices === undefined || asksNothing(entry.slices));
}

function sliceClause(slices: NonNullable<GateEntry["slices"]>): string {
  const asked = asksNothing(slices) ? "the same" : joined(clauses(slices));
  const support = slices["min-support"] ?? 100;
  const correction = {
    holm: "",
    bh: ", failures corrected by Benjamini and Hochberg",
    none: ", failures not corrected for their number",
  };
  return `in each slice by ${slices.by.join(", ")} with at least ${support} rows ${asked}${correction[slices.multiplicity ?? "holm"]}`;
}

function clauses(keys: RuleKeys): string[] {
  const found: string[] = [];
  const { "max-drop": drop, "max-rise": rise, "max-change": change, "max-off": off, "min-gain": gain } = keys;
  const { min, max, target, history, "warn-margin": warn } = keys;
  const shown =
    keys.evidence === "proven"
      ? ", where only a breach that is proven counts"
      : keys.evidence === "estimate"
        ? ", where the value alone decides what counts"
        : "";
  const warned = warn === undefined ? "" : ` (from ${spokenMargin(warn)} on it warns)`;
  if (drop !== undefined)
    found.push(
      isZero(drop) ? `must not drop${shown}` : `must not drop by more than ${spokenMargin(drop)}${warned}${shown}`,
    );
  if (rise !== undefined)
    found.push(
      isZero(rise) ? `must not rise${shown}` : `must not rise by more than ${spokenMargin(rise)}${warned}${shown}`,
    );
  if (asksNothing(keys)) found.push(`must not get worse${shown}`);
  if (change !== undefined) found.push(`must not change by more than ${spokenMargin(change)} either way${warned}`);
  if (gain !== undefined)
    found.push(isZero(gain) ? "must really improve" : `must really improve by more than ${spokenMargin(gain)}`);
  const proven = keys.evidence === "bound" ? ", with its whole interval" : "";
  if (off !== undefined) {
    const aim = target === undefined ? "its target" : numberText(target);
    found.push(`must stay within ${numberText(off)} of ${aim}${proven}`);
  }
  if (min !== undefined) found.push(`must be at least ${min}${proven}`);
  if (max !== undefined) found.push(`must be at most ${max}${proven}`);
  if (history !== undefined) found.push(historyClause(history));
  return found;
}

function joined(parts: string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

function consequence(entry: GateEntry, policy: Policy): string {
  if (entry.severity === "info") return "; this is only shown";
  const fails = entry.severity === "warn" ? "otherwise it warns" : "otherwise the gate fails";
  const open = entry["on-inconclusive"] ?? policy["on-inconclusive"] ?? "warn";
  const verb = open === "fail" && entry.severity !== "warn" ? "fails" : open === "pass" ? "passes" : "warns";
  return `; ${fails}, and an open result ${verb}`;
}

/** How the model as a whole is compared, where it is not the usual way. */
function frame({ pairing, confidence, "training-sd": sd }: ModelPolicy): string {
  const said: string[] = [];
  if (confidence !== undefined) said.push(`at ${numberText(confidence * 100)}% confidence`);
  if (pairing === "intersection") said.push("on the rows that both sides have");
  if (pairing === "none") said.push("with rows not paired");
  if (sd !== undefined && Object.keys(sd).length > 0)
    said.push("with the noise between training runs that the policy states");
  return said.length === 0 ? "" : ` (${said.join(", ")})`;
}
