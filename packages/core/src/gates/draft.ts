import type { Slice } from "../documents/fields.ts";
import type { GateResult, Reason, Rule } from "../documents/verdict.ts";
import type { GateEntry } from "../policy/schema.ts";
import type { Reading } from "./reading.ts";

/** A result before the policy maps it to a verdict. */
export type Draft = Omit<GateResult, "verdict" | "waiver"> & {
  onInconclusive?: GateEntry["on-inconclusive"];
  /** A breach of the warn-margin: at least a warning. */
  warned?: true;
};

/** The id of a result: `metric/rule`, with a slice `metric/rule[column=value]`. */
export function resultId(metric: string, rule: Rule, slice?: Slice): string {
  if (slice === undefined) return `${metric}/${rule}`;
  const parts = Object.entries(slice).map(([column, value]) => `${column}=${value}`);
  return parts.length === 0 ? `${metric}/${rule}` : `${metric}/${rule}[${parts.join(",")}]`;
}

/** What a sentence calls a metric: with its slice in brackets. */
export function nameOf(metric: string, slice?: Slice): string {
  if (slice === undefined) return metric;
  const parts = Object.entries(slice).map(([column, value]) => `${column}=${value}`);
  return parts.length === 0 ? metric : `${metric} (${parts.join(", ")})`;
}

/** The fields that every result of an entry shares. */
export function draftOf(
  entry: GateEntry,
  metric: string,
  rule: Rule,
  found: Pick<Draft, "outcome" | "reasons">,
  slice?: Slice,
): Draft {
  const onInconclusive = entry["on-inconclusive"];
  const { severity = "error" } = entry;
  const draft: Draft = { ...found, id: resultId(metric, rule, slice), gate: entry.metric, metric, rule, severity };
  if (slice !== undefined) draft.slice = slice;
  if (onInconclusive !== undefined) draft.onInconclusive = onInconclusive;
  return draft;
}

/** What a result shows of a reading. */
export type Values = Pick<Reading, "direction" | "unit" | "n" | "candidate" | "baseline">;

/** A draft that shows the values of a reading. */
export function withValues(draft: Draft, { direction, unit, n, candidate, baseline }: Values): Draft {
  const shown = { ...draft };
  if (direction !== undefined) shown.direction = direction;
  if (unit !== undefined) shown.unit = unit;
  if (candidate.is === "number") shown.candidate = candidate.value;
  if (baseline.is === "number") shown.baseline = baseline.value;
  if (n !== undefined && draft.n === undefined) shown.n = n;
  return shown;
}

/** The one reason of a result that could not be judged. */
export function unjudged(outcome: "missing" | "skipped", reason: Reason): Pick<Draft, "outcome" | "reasons"> {
  return { outcome, reasons: [reason] };
}
