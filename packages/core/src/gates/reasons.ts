import type { Note } from "../documents/fields.ts";
import type { Reason } from "../documents/verdict.ts";
import { dataReasons } from "./reason-table/data-reasons.ts";
import { measuredReasons } from "./reason-table/measured-reasons.ts";
import type { Concern } from "./reason-table/reason-entry.ts";
import { remarkReasons } from "./reason-table/remark-reasons.ts";
import { ruleReasons } from "./reason-table/rule-reasons.ts";

/** Every reason code, what it means and the usual next step. The table in docs/reasons.md is generated from it. */
export const reasonTable = { ...ruleReasons, ...dataReasons, ...remarkReasons, ...measuredReasons } as const;

export type ReasonCode = keyof typeof reasonTable;

/** A reason of the table with its sentence; the next step is the table's unless a nearer one is known. */
export function because(code: ReasonCode, text: string, next?: string): Reason {
  // In canonical order, as 100,000 results are written.
  return { code, next: next ?? reasonTable[code].next, text };
}

/** A note of the table: shown, decides nothing. */
export function remark(code: ReasonCode, text: string): Note {
  return { code, text };
}

/** What a reason code is about; `remark` for a code that is not of the table. */
export function concernOf(code: string): Concern {
  return isReasonCode(code) ? reasonTable[code].concern : "remark";
}

/** Whether a text is a code of the table. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasonTable, code);
}
