import type { RowsTask } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import type { CategoryColumn, Column, RowTable } from "@metricgate/core/tables/row-table";
import { compareTexts } from "@metricgate/core/tables/text-cells";
import { csvRows } from "../tables/csv-rows.ts";
import { csvHeader } from "../tables/csv-table.ts";
import type { TableColumns } from "../tables/open-table.ts";
import type { ColumnUse, Wanted } from "../tables/stored-column.ts";
import { recoded, sortedCategory } from "../tables/table-columns.ts";
import { shown } from "../text/shown.ts";
import { byColumnOrder, columnRank } from "./column-order.ts";

const next = "Evaluate again; this file is written by evaluate and not by hand.";

/**
 * Reads rows that `rowsCsv` wrote, and nothing else: header and columns in the fixed order, ids sorted and unique, finite numbers, but for row values, which may be missing.
 * @param task tells which columns are numbers, and the classes
 * @throws UserError `rows-header`, `rows-order`, `rows-class`, and those of `csvRows`, with file and line
 */
export function readRows(bytes: Uint8Array, name: string, task: RowsTask): RowTable {
  const header = csvHeader(bytes, name);
  const [id, ...names] = header.cells;
  const wrong = names.find(
    (column, index) => columnRank(column) < 0 || (index > 0 && byColumnOrder(names[index - 1] ?? "", column) >= 0),
  );
  if (id !== "id" || header.delimiter !== 44 || wrong !== undefined) {
    throw new UserError(
      "rows-header",
      `${name} is not a file of rows: its header has ${shown(wrong ?? id ?? "")} out of place.`,
      next,
      { file: name, line: 1 },
    );
  }
  const wanted = names.map((column, index): Wanted => [index + 1, useOf(column, task)]);
  const reading = csvRows(name, header, [[0, "text"], ...wanted], rowsIn(bytes.length - header.rowsAt));
  reading.push(bytes.subarray(header.rowsAt));
  const table = reading.end();
  const ids = table.texts(0);
  for (let row = 0; row < ids.count; row++) {
    const empty = ids.offsets[row] === ids.offsets[row + 1];
    if (!empty && (row === 0 || compareTexts(ids, row - 1, ids, row) < 0)) continue;
    const what = `The ids of ${name} are not sorted, or one stands twice or is empty.`;
    table.refuse("rows-order", what, next, row);
  }
  const found = new Map(
    wanted.map(([place, use], index) => {
      const column = names[index] ?? "";
      return [column, columnOf(column, place, use, table)];
    }),
  );
  shareClasses(found, task, name);
  return { count: table.count, ids, columns: found };
}

/** Rows in that many bytes, about. */
function rowsIn(bytes: number): number {
  return Math.ceil(bytes / 16);
}

function useOf(name: string, { task }: RowsTask): ColumnUse {
  const classes = task === "classification" && (name === "label" || name === "prediction");
  if (classes || (task === "text" && name === "label") || name.startsWith("slice:")) return "category";
  return name === "group" || name === "query" || name === "series" ? "category" : "number";
}

function columnOf(name: string, place: number, use: ColumnUse, table: TableColumns): Column {
  if (use === "category") return table.category(place, name, name === "group" || name.startsWith("slice:"));
  if (name.startsWith("value:")) return { type: "number", values: table.looseNumbers(place) };
  return { type: "number", values: table.numbers(place, name) };
}

/** Gives label and prediction the one list of names that they share. */
function shareClasses(columns: Map<string, Column>, task: RowsTask, file: string): void {
  const both = ["label", "prediction"].flatMap((name): [string, CategoryColumn][] => {
    const column = columns.get(name);
    return column?.type === "category" ? [[name, column]] : [];
  });
  const used = both.flatMap(([, column]) => column.names);
  const classes = task.classes ?? sortedCategory(new Int32Array(0), used).names;
  const unknown = used.find((name) => !classes.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      "rows-class",
      `${file} holds the class ${shown(unknown)}, which its evaluation does not name.`,
      next,
      { file },
    );
  }
  for (const [name, column] of both) columns.set(name, recoded(column, classes));
}
