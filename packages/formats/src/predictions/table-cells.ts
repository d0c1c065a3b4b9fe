import { UserError } from "@metricgate/core/errors/user-error";
import type { CategoryColumn } from "@metricgate/core/tables/row-table";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { type CellReader, cellReader } from "../csv/cell-text.ts";
import { distinctCells } from "../csv/distinct-cells.ts";
import { numbersIn } from "../csv/parse-double.ts";
import type { Cells } from "../csv/scan-csv.ts";
import { lineOfByte } from "../text/decode-text.ts";
import { shown } from "../text/shown.ts";

/** Readings of the columns of one table, with refusals that name the line. */
export interface TableCells {
  count: number;
  reader: CellReader;
  /** Throws a UserError about one row of a column. */
  refuse(code: string, what: string, next: string, cells: Cells, row: number): never;
  /** @throws UserError `not-a-number` */
  numbers(cells: Cells, role: string): Float64Array;
  /** NaN where a cell holds no finite number. */
  looseNumbers(cells: Cells): Float64Array;
  /** The texts of a column as a category, names sorted. @throws UserError `cell-empty` unless `empty`, `too-many-values`, `value-too-long` */
  category(cells: Cells, role: string, most: number, empty?: boolean): CategoryColumn;
}

/** Largest length of a category's name. */
const nameLimit = 200;

/** Readings of a table's bytes. */
export function tableCells(bytes: Uint8Array, file: string, count: number): TableCells {
  const reader = cellReader(bytes);
  const refuse = (code: string, what: string, next: string, cells: Cells, row: number): never => {
    throw new UserError(code, what, next, { file, line: lineOfByte(bytes, cells.starts[row] ?? 0) });
  };
  return {
    count,
    reader,
    refuse,
    looseNumbers: (cells) => numbersIn(bytes, cells, count),
    numbers(cells, role) {
      const values = numbersIn(bytes, cells, count);
      const bad = values.findIndex(Number.isNaN);
      if (bad < 0) return values;
      const text = reader.text(cells, bad);
      const is = text.trim() === "" ? "empty" : `${shown(text)}, not a finite number`;
      return refuse(
        "not-a-number",
        `The ${role} in a row of ${file} is ${is}.`,
        "Correct the value, or leave the row out on both sides.",
        cells,
        bad,
      );
    },
    category(cells, role, most, empty = false) {
      const found = distinctCells(bytes, cells, count, reader, most);
      if (found === undefined) {
        return refuse(
          "too-many-values",
          `The ${role} column of ${file} has more than ${most} distinct values.`,
          "Choose a column with fewer values, or task=regression for numbers.",
          cells,
          0,
        );
      }
      const firstRow = (code: number): number => found.codes.indexOf(code);
      found.names.forEach((name, code) => {
        if (!empty && name.trim() === "")
          refuse(
            "cell-empty",
            `The ${role} in a row of ${file} is empty.`,
            "Fill it in, or leave the row out on both sides.",
            cells,
            firstRow(code),
          );
        if (name.length > nameLimit)
          refuse(
            "value-too-long",
            `A ${role} of ${file} has more than ${nameLimit} characters.`,
            "Shorten it.",
            cells,
            firstRow(code),
          );
      });
      return sortedCategory(found.codes, found.names);
    },
  };
}

/** Codes into names in any order, of which some may be equal, as a category with distinct names sorted by code point. */
export function sortedCategory(codes: Int32Array, names: readonly string[]): CategoryColumn {
  const sorted = [...new Set(names)].sort(codePointOrder);
  return recoded({ codes, names }, sorted);
}

/** Codes moved to a larger list of names, which must hold all. */
export function recoded(
  column: { codes: Int32Array; names: readonly string[] },
  names: readonly string[],
): CategoryColumn {
  const place = new Map(names.map((name, code) => [name, code]));
  const moved = Int32Array.from(column.names, (name) => place.get(name) ?? -1);
  return { type: "category", codes: column.codes.map((code) => moved[code] ?? -1), names };
}
