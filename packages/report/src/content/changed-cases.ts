import { pairRows } from "@metricgate/core/tables/pair";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { sliceRows } from "@metricgate/core/tables/slice-rows";
import { textAt } from "@metricgate/core/tables/text-cells";
import type { ModelReport } from "../view.ts";
import { rightRows } from "./right-rows.ts";

/** Rows on which the two models differ in being right: those that only the baseline got (`lost`), and those that only the candidate got. */
export interface ChangedCases {
  lost: Cases;
  won: Cases;
}

/** `rows` are indices into both tables, those of the slice in which they concentrate first. */
export interface Cases {
  rows: Int32Array;
  /** Where they concentrate: the slice, how many of them lie in it, and how many of all rows do. */
  concentrated?: { column: string; value: string; cases: number; rows: number };
}

/** Fewer cases than this concentrate anywhere by accident. */
const FEWEST = 5;

/** A report is tried at several lengths, and the rows are the same each time. */
const known = new WeakMap<ModelReport, { found: ChangedCases | undefined }>();

/** The changed cases of a model whose rows pair; undefined when there are no rows, they do not pair, or being right is not known of a row. */
export function changedCases(model: ModelReport): ChangedCases | undefined {
  const before = known.get(model);
  if (before !== undefined) return before.found;
  const found = search(model);
  known.set(model, { found });
  return found;
}

function search({ verdict, candidateRows, baselineRows }: ModelReport): ChangedCases | undefined {
  if (verdict === undefined || candidateRows === undefined || baselineRows === undefined) return undefined;
  const mine = rightRows(candidateRows);
  const theirs = rightRows(baselineRows);
  if (mine === undefined || theirs === undefined || !pairRows(candidateRows, baselineRows).paired) return undefined;
  const where = (right: Uint8Array, wrong: Uint8Array): Int32Array => {
    const rows: number[] = [];
    for (let row = 0; row < right.length; row++) if (right[row] === 1 && wrong[row] === 0) rows.push(row);
    return Int32Array.from(rows);
  };
  return { lost: cases(where(theirs, mine), candidateRows), won: cases(where(mine, theirs), candidateRows) };
}

/** The id of a row, as the table has it. */
export function idOf(rows: RowTable, row: number): string {
  return textAt(rows.ids, row);
}

function cases(rows: Int32Array, table: RowTable): Cases {
  const concentrated = rows.length < FEWEST ? undefined : concentration(rows, table);
  if (concentrated === undefined) return { rows };
  const { inside, ...said } = concentrated;
  return {
    rows: Int32Array.from([...rows].sort((a, b) => Number(inside.has(b)) - Number(inside.has(a)) || a - b)),
    concentrated: said,
  };
}

/**
 * The slice that holds most cases beyond its share of the rows, when it holds FEWEST at least and half of them are beyond its share;
 * ties go to the first column and value.
 */
function concentration(rows: Int32Array, table: RowTable) {
  const wanted = new Set(rows);
  let best: (NonNullable<Cases["concentrated"]> & { beyond: number; inside: Set<number> }) | undefined;
  for (const name of table.columns.keys()) {
    if (!name.startsWith("slice:")) continue;
    const column = name.slice("slice:".length);
    for (const [value, at] of sliceRows(table, column)) {
      const inside = new Set([...at].filter((row) => wanted.has(row)));
      const beyond = inside.size - (rows.length * at.length) / table.count;
      if (inside.size < FEWEST || beyond < inside.size / 2 || beyond <= (best?.beyond ?? 0)) continue;
      best = { column, value, cases: inside.size, rows: at.length, beyond, inside };
    }
  }
  if (best === undefined) return undefined;
  const { beyond: _beyond, ...found } = best;
  return found;
}
