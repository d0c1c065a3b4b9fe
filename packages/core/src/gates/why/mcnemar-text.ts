import type { Slice } from "../../documents/fields.ts";
import type { GateResult } from "../../documents/verdict.ts";
import { classOrder } from "../../metrics/classification/class-order.ts";
import { classesIn } from "../../metrics/classification/classes.ts";
import { measure } from "../../metrics/influence.ts";
import { disagreement } from "../../statistics/disagreement.ts";
import { mcnemar } from "../../statistics/mcnemar.ts";
import { pairRows } from "../../tables/pair.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { sliceRows } from "../../tables/slice-rows.ts";
import type { Side } from "../decide-input.ts";
import { numberText } from "../number-text.ts";

/**
 * Of a share that was compared on the same rows: how many rows count for one side only, and McNemar's two-sided p that there is no difference, as
 * one line of plain text. Undefined for every other comparison, and where the rows are not at hand.
 * @source McNemar 1947; mid-p: Fagerland, Lydersen and Laake 2013
 */
export function mcnemarText(result: GateResult, candidate: Side, baseline: Side | undefined): string | undefined {
  const { metric, slice, interval, against } = result;
  const [mine, theirs, task] = [candidate.rows, baseline?.rows, candidate.received.document.rows?.task];
  if (!interval?.method.startsWith("tango") || against !== undefined) return undefined;
  if (mine === undefined || theirs === undefined || task === undefined || !pairRows(mine, theirs).paired)
    return undefined;
  const at = slice === undefined ? undefined : rowsOf(mine, slice);
  const shared = { classes: classOrder([...classesIn(mine), ...classesIn(theirs)]) };
  const [one, other] = [measure(metric, mine, task, at, shared), measure(metric, theirs, task, at, shared)];
  const found = "undefined" in one || "undefined" in other ? undefined : disagreement(one, other);
  if (found === undefined) return undefined;
  const { gained, lost, n } = found;
  const { exact, mid } = mcnemar(gained, lost);
  return `  McNemar       of ${n} rows ${gained} count for the candidate only and ${lost} for the baseline only: exact p ${numberText(exact)}, mid-p ${numberText(mid)} (McNemar 1947; Fagerland, Lydersen and Laake 2013)`;
}

/** The rows that share every value of a slice, in order. */
function rowsOf(rows: RowTable, slice: Slice): Int32Array {
  const [first, ...others] = Object.entries(slice).map(
    ([column, value]) => sliceRows(rows, column).get(value) ?? new Int32Array(),
  );
  const sets = others.map((at) => new Set(at));
  return (first ?? new Int32Array()).filter((row) => sets.every((set) => set.has(row)));
}
