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

/** What a result shows of a reading. */
export type Values = Pick<Reading, "direction" | "unit" | "n" | "candidate" | "baseline">;

/**
 * A result of an entry: what was found, with the values of the reading that it was found in. Its keys are in canonical order, in which a
 * document of 100,000 results is written many times faster; each is named, since V8 makes slow objects of wide ones that are spread.
 */
export function draftOf(
  entry: GateEntry,
  metric: string,
  rule: Rule,
  found: Pick<Draft, "outcome" | "reasons"> & Partial<Draft>,
  slice?: Slice,
  values?: Values,
): Draft {
  const direction = values?.direction ?? found.direction;
  const unit = values?.unit ?? found.unit;
  const n = found.n ?? values?.n;
  const onInconclusive = entry["on-inconclusive"];
  const draft: Partial<Draft> = {};
  if (found.adjustedP !== undefined) draft.adjustedP = found.adjustedP;
  if (found.against !== undefined) draft.against = found.against;
  if (found.band !== undefined) draft.band = found.band;
  if (values?.baseline.is === "number") draft.baseline = values.baseline.value;
  else if (found.baseline !== undefined) draft.baseline = found.baseline;
  if (values?.candidate.is === "number") draft.candidate = values.candidate.value;
  else if (found.candidate !== undefined) draft.candidate = found.candidate;
  if (found.change !== undefined) draft.change = found.change;
  if (found.counted !== undefined) draft.counted = found.counted;
  if (direction !== undefined) draft.direction = direction;
  if (found.evidence !== undefined) draft.evidence = found.evidence;
  draft.gate = entry.metric;
  if (found.groups !== undefined) draft.groups = found.groups;
  draft.id = resultId(metric, rule, slice);
  if (found.interval !== undefined) draft.interval = found.interval;
  if (found.limit !== undefined) draft.limit = found.limit;
  if (found.margin !== undefined) draft.margin = found.margin;
  draft.metric = metric;
  if (n !== undefined) draft.n = n;
  draft.outcome = found.outcome;
  if (found.p !== undefined) draft.p = found.p;
  if (found.pSuperior !== undefined) draft.pSuperior = found.pSuperior;
  draft.reasons = found.reasons;
  if (found.rowsNeeded !== undefined) draft.rowsNeeded = found.rowsNeeded;
  draft.rule = rule;
  if (found.scale !== undefined) draft.scale = found.scale;
  draft.severity = entry.severity ?? "error";
  if (slice !== undefined) draft.slice = slice;
  if (unit !== undefined) draft.unit = unit;
  if (found.warnMargin !== undefined) draft.warnMargin = found.warnMargin;
  if (found.warned !== undefined) draft.warned = found.warned;
  if (onInconclusive !== undefined) draft.onInconclusive = onInconclusive;
  return draft as Draft;
}

/** The one reason of a result that could not be judged. */
export function unjudged(outcome: "missing" | "skipped", reason: Reason): Pick<Draft, "outcome" | "reasons"> {
  return { outcome, reasons: [reason] };
}
