import type { Outcome } from "../../documents/verdict.ts";
import { rowsNeeded } from "../../statistics/rows-needed.ts";
import type { Compared } from "../judge-change.ts";
import type { ChangeQuestion } from "../questions.ts";

/**
 * The rows with which a true change as large as the margin is found with probability 0.8. Where an open question has no margin, for a change
 * as large as the one observed. Undefined when neither the rows nor a standard error with a count of rows tell how they vary.
 */
export function rowsToSettle(
  question: ChangeQuestion,
  { difference, n }: Compared,
  outcome: Outcome,
  level: number,
): number | undefined {
  if (outcome === "fail") return undefined;
  const { margin, rule, direction } = question;
  const gain = direction === "up" ? difference.change : -difference.change;
  const observed = rule === "improvement" ? Math.abs(gain - margin.value) : Math.abs(gain);
  const bounded = rule !== "improvement" && margin.value > 0;
  if (outcome === "pass" && !bounded) return undefined;
  return rowsFor(
    rowSdOf(difference.rowSd, difference.stderr, difference.n ?? n),
    bounded ? margin.value : observed,
    level,
  );
}

/** The sd of one row, as given or from a standard error over n rows. */
export function rowSdOf(
  rowSd: number | undefined,
  stderr: number | undefined,
  n: number | undefined,
): number | undefined {
  return rowSd ?? (stderr === undefined || n === undefined ? undefined : stderr * Math.sqrt(n));
}

/** `rowsNeeded` where it says anything. */
export function rowsFor(sd: number | undefined, size: number, level: number): number | undefined {
  if (sd === undefined || !(sd > 0) || !(size > 0)) return undefined;
  const rows = rowsNeeded(sd, size, level);
  return Number.isSafeInteger(rows) && rows > 0 && rows < Number.MAX_SAFE_INTEGER ? rows : undefined;
}
