import type { Column, RowTable } from "./row-table.ts";
import { compareTexts, textsInOrder } from "./text-cells.ts";

/** The rows whose ids both tables have, in the order of the ids, and how many rows each side had besides. */
export interface CommonRows {
  candidate: RowTable;
  baseline: RowTable;
  onlyCandidate: number;
  onlyBaseline: number;
}

/** Restricts two tables to their common ids. Ids are sorted and unique, so one walk suffices. */
export function commonRows(candidate: RowTable, baseline: RowTable): CommonRows {
  const mine: number[] = [];
  const theirs: number[] = [];
  let c = 0;
  let b = 0;
  while (c < candidate.count && b < baseline.count) {
    const order = compareTexts(candidate.ids, c, baseline.ids, b);
    if (order === 0) {
      mine.push(c);
      theirs.push(b);
    }
    if (order <= 0) c++;
    if (order >= 0) b++;
  }
  return {
    candidate: rowsAt(candidate, Int32Array.from(mine)),
    baseline: rowsAt(baseline, Int32Array.from(theirs)),
    onlyCandidate: candidate.count - mine.length,
    onlyBaseline: baseline.count - theirs.length,
  };
}

/** The rows of a table at these indices, in their order. */
export function rowsAt(rows: RowTable, at: Int32Array): RowTable {
  if (at.length === rows.count && at.every((row, place) => row === place)) return rows;
  const columns = new Map([...rows.columns].map(([name, column]) => [name, cellsAt(column, at)]));
  return { count: at.length, ids: textsInOrder(rows.ids, at), columns };
}

function cellsAt(column: Column, at: Int32Array): Column {
  if (column.type === "number")
    return { type: "number", values: Float64Array.from(at, (row) => column.values[row] ?? Number.NaN) };
  return { type: "category", codes: at.map((row) => column.codes[row] ?? -1), names: column.names };
}
