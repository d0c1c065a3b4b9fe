/**
 * What a reason is about; together with the outcome it decides which key of the policy maps it to a verdict.
 * `remark` explains beside another reason or in a note, and decides nothing.
 */
export type Concern =
  | "rule"
  | "metric"
  | "incomparable"
  | "baseline"
  | "first-run"
  | "stale"
  | "new"
  | "support"
  | "remark";

/** A reason code's entry of the table. */
export interface ReasonEntry {
  concern: Concern;
  meaning: string;
  next: string;
}
