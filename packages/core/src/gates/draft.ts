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
  const parts = Object.entries(slice ?? {}).map(([column, value]) => `${column}=${value}`);
  return parts.length === 0 ? `${metric}/${rule}` : `${metric}/${rule}[${parts.join(",")}]`;
}

/** What a sentence calls a metric: with its slice in brackets. */
export function nameOf(metric: string, slice?: Slice): string {
  const parts = Object.entries(slice ?? {}).map(([column, value]) => `${column}=${value}`);
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
  return {
    id: resultId(metric, rule, slice),
    gate: entry.metric,
    metric,
    ...(slice === undefined ? {} : { slice }),
    rule,
    severity: entry.severity ?? "error",
    ...found,
    ...(onInconclusive === undefined ? {} : { onInconclusive }),
  };
}

/** A draft that shows the values of a reading. */
export function withValues(draft: Draft, reading: Reading): Draft {
  const { direction, unit, n, candidate, baseline } = reading;
  return {
    ...draft,
    ...(direction === undefined ? {} : { direction }),
    ...(unit === undefined ? {} : { unit }),
    ...(candidate.is === "number" ? { candidate: candidate.value } : {}),
    ...(baseline.is === "number" ? { baseline: baseline.value } : {}),
    ...(n === undefined || draft.n !== undefined ? {} : { n }),
  };
}

/** The one reason of a result that could not be judged. */
export function unjudged(outcome: "missing" | "skipped", reason: Reason): Pick<Draft, "outcome" | "reasons"> {
  return { outcome, reasons: [reason] };
}
