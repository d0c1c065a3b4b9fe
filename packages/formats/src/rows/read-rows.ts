import type { RowsTask } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import type { CategoryColumn, Column, RowTable } from "@metricgate/core/tables/row-table";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { readHeader } from "../csv/read-header.ts";
import { type Cells, scanCsv } from "../csv/scan-csv.ts";
import { recoded, sortedCategory, type TableCells, tableCells } from "../predictions/table-cells.ts";
import { checkText, lineOfByte } from "../text/decode-text.ts";
import { shown } from "../text/shown.ts";
import { byColumnOrder, columnRank } from "./column-order.ts";

const next = "Evaluate again; this file is written by evaluate and not by hand.";

/**
 * Reads rows that `rowsCsv` wrote, and nothing else: header and columns in the fixed order, ids sorted and unique, finite numbers.
 * @param task tells which columns are numbers, and the classes
 * @throws UserError `rows-header`, `rows-order`, `rows-class`, and those of `scanCsv` and `tableCells`, with file and line
 */
export function readRows(bytes: Uint8Array, name: string, task: RowsTask): RowTable {
  const header = readHeader(bytes, name, checkText(bytes, name));
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
  const { count, columns } = scanCsv(bytes, name, header.rowsAt, header.delimiter, header.cells.length, [
    ...header.cells.keys(),
  ]);
  const table = tableCells(bytes, name, count);
  const [idCells, ...others] = columns;
  const ids = Array.from({ length: count }, (_, row) => (idCells === undefined ? "" : table.reader.text(idCells, row)));
  const unsorted = ids.findIndex(
    (text, row) => text === "" || (row > 0 && codePointOrder(ids[row - 1] ?? "", text) >= 0),
  );
  if (unsorted >= 0) {
    const line = lineOfByte(bytes, idCells?.starts[unsorted] ?? 0);
    throw new UserError("rows-order", `The ids of ${name} are not sorted, or one stands twice or is empty.`, next, {
      file: name,
      line,
    });
  }
  const found = new Map<string, Column>();
  names.forEach((column, index) => {
    const cells = others[index];
    if (cells !== undefined) found.set(column, columnOf(column, cells, table, task));
  });
  shareClasses(found, task, name);
  return { count, ids, columns: found };
}

function columnOf(name: string, cells: Cells, table: TableCells, task: RowsTask): Column {
  const classes = task.task === "classification" && (name === "label" || name === "prediction");
  if (classes) return table.category(cells, name, Infinity);
  if (name === "group" || name.startsWith("slice:")) return table.category(cells, name, Infinity, true);
  return { type: "number", values: table.numbers(cells, name) };
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
