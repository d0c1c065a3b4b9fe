import type { Note } from "@metricgate/core/documents/fields";
import type { Column } from "@metricgate/core/tables/row-table";
import type { TableColumns } from "../tables/open-table.ts";
import { shown } from "../text/shown.ts";

/** Columns `value:NAME` of numbers; a cell without a number is NaN, and a note counts them. */
export function valueColumns(
  table: TableColumns,
  values: readonly { name: string; place: number }[],
): { columns: Map<string, Column>; notes: Note[] } {
  const columns = new Map<string, Column>();
  const notes: Note[] = [];
  for (const { name, place } of values) {
    const numbers = table.looseNumbers(place);
    columns.set(`value:${name}`, { type: "number", values: numbers });
    const missing = numbers.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
    if (missing === 0) continue;
    const text = `${shown(name)} has no finite number in ${missing} of ${table.count} rows of ${table.file}; its metrics have no value.`;
    notes.push({ code: "values-missing", text });
  }
  return { columns, notes };
}
