import { asksNothing } from "../gates/questions.ts";
import type { GateEntry } from "./schema.ts";

/** Whether two entries ask the same kind of rule of the same metric with the same severity, so that one of them is idle. */
export function askedTwice(one: GateEntry, other: GateEntry): boolean {
  if (one.metric !== other.metric || (one.severity ?? "error") !== (other.severity ?? "error")) return false;
  const before = new Set(rulesOf(one));
  return rulesOf(other).some((rule) => before.has(rule));
}

function rulesOf(entry: GateEntry): string[] {
  const { fairness, slices } = entry;
  const keys = ["max-drop", "max-rise", "max-change", "max-off", "min-gain", "min", "max", "history"] as const;
  const asked: string[] = keys.filter((key) => entry[key] !== undefined);
  if (fairness !== undefined) asked.push(`fairness by ${fairness.by}`);
  for (const by of slices?.by ?? []) asked.push(`slices by ${by}`);
  return asksNothing(entry) && slices === undefined ? ["max-drop", "max-rise"] : asked;
}
