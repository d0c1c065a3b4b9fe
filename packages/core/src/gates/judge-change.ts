import type { GateResult, Outcome, Reason } from "../documents/verdict.ts";
import type { Difference } from "../statistics/difference.ts";
import type { ChangeQuestion } from "./questions.ts";
import { changeReasons } from "./rules/change-reasons.ts";
import { familyP, isUnshown, outcomeAt } from "./rules/gain.ts";
import { rowsToSettle, type Settling } from "./rules/rows-to-settle.ts";
import { ENOUGH_ALIKE } from "./rules/unshown-spread.ts";

/** The numbers of one comparison: both values and the change between them. `adjustedP`: after the correction, in slices. */
export interface Compared {
  /** What is compared, as a sentence names it: the metric, and its slice. */
  name: string;
  candidate: number;
  baseline: number;
  difference: Difference;
  adjustedP?: number;
  /** Rows behind the values, where the difference does not say. */
  n?: number;
  /** P(a run of the candidate is better), with five or more training runs on each side. */
  pSuperior?: number;
}

/** What judging found, in the fields of a result; `warned`: a breach of the warn-margin, which warns whatever else was found. */
export type Judged = { outcome: Outcome; reasons: Reason[]; warned?: true } & Partial<
  Pick<
    GateResult,
    | "change"
    | "scale"
    | "interval"
    | "margin"
    | "warnMargin"
    | "evidence"
    | "limit"
    | "n"
    | "p"
    | "adjustedP"
    | "counted"
    | "rowsNeeded"
    | "band"
    | "pSuperior"
  >
>;

/**
 * Judges a change by the rules no-regression, improvement and equivalence (docs/decisions.md). `level` is two-sided.
 * A warn-margin asks the same once more at its smaller margin; what fails there only warns.
 */
export function judgeChange(question: ChangeQuestion, compared: Compared, level: number): Judged {
  const outcome = outcomeAt(question, question.margin.value, compared, level);
  const { warnMargin, evidence } = question;
  const warned =
    warnMargin !== undefined && outcome !== "fail" && outcomeAt(question, warnMargin.value, compared, level) === "fail";
  const settling: Settling | undefined = isUnshown(compared)
    ? { rows: ENOUGH_ALIKE, when: "equal" }
    : rowsToSettle(question, compared, outcome, level);
  const { change, scale, interval, n } = compared.difference;
  const p = familyP(question, compared.difference);
  const reasons = changeReasons(question, compared, { outcome, settling, warned });
  const found: Judged = { outcome, reasons, change, scale, margin: question.margin.value };
  if (warned) found.warned = true;
  if (warnMargin !== undefined) found.warnMargin = warnMargin.value;
  if (evidence !== undefined) found.evidence = evidence;
  if (interval !== undefined) found.interval = interval;
  if (n !== undefined) found.n = n;
  if (p !== undefined) found.p = p;
  if (compared.adjustedP !== undefined) found.adjustedP = compared.adjustedP;
  if (settling !== undefined && "rows" in settling) found.rowsNeeded = settling.rows;
  if (compared.difference.counted !== undefined) found.counted = compared.difference.counted;
  if (compared.pSuperior !== undefined) found.pSuperior = compared.pSuperior;
  return found;
}
