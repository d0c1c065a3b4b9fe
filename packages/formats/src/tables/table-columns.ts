import { UserError } from "@metricgate/core/errors/user-error";
import type { CategoryColumn } from "@metricgate/core/tables/row-table";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { shown } from "../text/shown.ts";
import type { Places, TableColumns } from "./open-table.ts";
import type { ColumnUse, StoredColumn } from "./stored-column.ts";

/** Largest length of a category's name. */
const nameLimit = 200;

/** Readings of stored columns, by place in the header, with refusals that name the row. */
export function tableColumns(
  file: string,
  count: number,
  stored: readonly { column: number; use: ColumnUse; stored: StoredColumn }[],
  places: Places,
): TableColumns {
  const columnFor = (column: number, ...uses: ColumnUse[]): StoredColumn => {
    const kept = stored.filter((entry) => entry.column === column);
    const found = uses.flatMap((use) => kept.find((entry) => entry.use === use) ?? []);
    if (found[0] === undefined) throw new RangeError(`column ${column} was not read as ${uses.join(" or ")}`);
    return found[0].stored;
  };
  const numeric = (column: number): StoredColumn => columnFor(column, "number", "value", "category");
  const refuse = (code: string, what: string, next: string, row: number): never => {
    if (places.unit === "line") throw new UserError(code, what, next, { file, line: places.of(row) });
    throw new UserError(code, `${what.replace(/\.$/, "")} (row ${places.of(row)}).`, next, { file });
  };
  return {
    file,
    count,
    places,
    refuse,
    looseNumbers: (column) => numeric(column).numbers(),
    firstText(column) {
      const bad = numeric(column).firstNotNumber();
      return bad < 0 ? "" : numeric(column).notNumber(bad);
    },
    texts: (column) => columnFor(column, "text").texts(),
    numbers(column, role) {
      const values = numeric(column).numbers();
      const bad = numeric(column).firstNotNumber();
      if (bad < 0) return values;
      const text = numeric(column).notNumber(bad);
      const is = text.trim() === "" ? "empty" : `${shown(text)}, not a finite number`;
      const what = `The ${role} in a row of ${file} is ${is}.`;
      return refuse("not-a-number", what, "Correct the value, or leave the row out on both sides.", bad);
    },
    category(column, role, empty = false, longest = nameLimit) {
      const { distinct, most } = empty
        ? columnFor(column, "category", "value")
        : columnFor(column, "value", "category");
      const found = distinct();
      if (found === undefined) {
        const what = `The ${role} column of ${file} has more than ${most} distinct values.`;
        return refuse("too-many-values", what, "Choose a column with fewer values, or task=regression for numbers.", 0);
      }
      found.names.forEach((name, code) => {
        const bad = !empty && name.trim() === "" ? "cell-empty" : name.length > longest ? "value-too-long" : undefined;
        if (bad === undefined) return;
        const row = found.codes.indexOf(code);
        if (bad === "cell-empty") {
          const what = `The ${role} in a row of ${file} is empty.`;
          refuse(bad, what, "Fill it in, or leave the row out on both sides.", row);
        }
        refuse(bad, `A ${role} of ${file} has more than ${longest} characters.`, "Shorten it.", row);
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
  const same = moved.every((code, old) => code === old);
  if (same) return { type: "category", codes: column.codes, names };
  return { type: "category", codes: column.codes.map((code) => moved[code] ?? -1), names };
}
