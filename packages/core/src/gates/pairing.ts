import type { Note } from "../documents/fields.ts";
import type { Reason } from "../documents/verdict.ts";
import { commonRows as idsInCommon } from "../tables/common-rows.ts";
import { pairRows } from "../tables/pair.ts";
import type { RowTable } from "../tables/row-table.ts";
import { percentText } from "./number-text.ts";
import { because, remark } from "./reasons.ts";

/** The rows of both sides, the same ids in the same order. */
export interface PairedTables {
  candidate: RowTable;
  baseline: RowTable;
}

/** The rows that pair and what must be said of them, or why there are none. */
export type RowsPaired = { paired: PairedTables; notes: Note[]; leftOut?: Reason } | { unpaired: Reason };

/** A candidate may drop the rows that it gets wrong: with a larger share of the baseline's rows left out the result is a warning. */
const MOST_LEFT_OUT = 0.05;

/** Pairs all rows of both sides; a single id that only one side has makes them unpaired. */
export function allRows(tables: PairedTables): RowsPaired {
  const pairing = pairRows(tables.candidate, tables.baseline);
  if (pairing.paired) return { paired: tables, notes: [] };
  return { unpaired: because(pairing.code, pairing.text) };
}

/** Pairs the rows whose ids both sides have, as the policy asks by `pairing: intersection`, and says how many were left out. */
export function commonRows({ candidate, baseline }: PairedTables): RowsPaired {
  const common = idsInCommon(candidate, baseline);
  if (common.candidate.count === 0) {
    return { unpaired: because("unpaired", "The rows do not pair: no id is on both sides.") };
  }
  const paired = allRows(common);
  if ("unpaired" in paired) return paired;
  const mine = `${common.onlyCandidate} of the candidate's rows (${percentText(common.onlyCandidate / candidate.count)})`;
  const theirs = `${common.onlyBaseline} of the baseline's (${percentText(common.onlyBaseline / baseline.count)})`;
  const text = `Only rows with ids on both sides were compared (pairing: intersection); left out were ${mine} and ${theirs}.`;
  const notes = [...paired.notes, remark("pairing-intersection", text)];
  if (common.onlyBaseline <= MOST_LEFT_OUT * baseline.count) return { ...paired, notes };
  const without = `${theirs.replace("the baseline's", "the baseline's rows")} are not in the candidate and were left out.`;
  return { ...paired, notes, leftOut: because("rows-left-out", without) };
}
