import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textAt } from "@metricgate/core/tables/text-cells";
import { byColumnOrder, columnRank } from "./column-order.ts";

/** Rows joined at once; longer texts are joined from such parts. */
const part = 8192;

/**
 * The canonical text of rows: header `id,label,prediction,score,score:CLASS…,weight,group,slice:…`, rows by id, shortest exact numbers,
 * quotes only where RFC 4180 needs them, lines ending in LF. The same rows always give the same bytes.
 * @throws RangeError on a column that rows cannot have
 */
export function rowsCsv(rows: RowTable): string {
  const names = [...rows.columns.keys()].sort(byColumnOrder);
  const odd = names.find((name) => columnRank(name) < 0);
  if (odd !== undefined) throw new RangeError(`rows have no column ${odd}`);
  const cells = names.map((name) => cellsOf(rows.columns.get(name)));
  const parts = [`${["id", ...names].map(quoted).join(",")}\n`];
  for (let start = 0; start < rows.count; start += part) {
    let text = "";
    for (let row = start; row < Math.min(start + part, rows.count); row++) {
      text += quoted(textAt(rows.ids, row));
      for (const cell of cells) text += `,${cell(row)}`;
      text += "\n";
    }
    parts.push(text);
  }
  return parts.join("");
}

function cellsOf(column: Column | undefined): (row: number) => string {
  if (column === undefined) return () => "";
  if (column.type === "category") {
    const names = column.names.map(quoted);
    return (row) => names[column.codes[row] ?? -1] ?? "";
  }
  return (row) => numberText(column.values[row] ?? Number.NaN);
}

/** The shortest text that reads back as the same double. */
function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
