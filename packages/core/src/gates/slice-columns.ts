import type { Slice } from "../documents/fields.ts";
import type { RowTable } from "../tables/row-table.ts";
import { sliceRows } from "../tables/slice-rows.ts";

/** The columns that an entry of `slices.by` names: itself where `has` knows it, else its parts between `+`. */
export function columnsOf(by: string, has: (column: string) => boolean): string[] {
  if (has(by)) return [by];
  const parts = by.split("+").map((part) => part.trim());
  return parts.length > 1 && parts.every((part) => part !== "") ? parts : [by];
}

/** Whether the rows have all slice columns. */
export function hasColumns(rows: RowTable, columns: readonly string[]): boolean {
  return columns.every((column) => rows.columns.get(`slice:${column}`)?.type === "category");
}

/** The rows of each combination of values that occurs, in the order of the values (code points), first column first. */
export function rowsOfSlices(rows: RowTable, columns: readonly string[]): { slice: Slice; at: Int32Array }[] {
  const [first, ...others] = columns;
  if (first === undefined) return [];
  let parts = [...sliceRows(rows, first)].map(([value, at]) => ({ slice: { [first]: value } as Slice, at }));
  for (const column of others) {
    const slices = sliceRows(rows, column);
    const named = valuesOf(rows.count, slices);
    parts = parts.flatMap(({ slice, at }) => {
      const byValue = new Map<string, number[]>();
      for (const row of at) {
        const value = named[row] ?? "";
        const found = byValue.get(value);
        if (found === undefined) byValue.set(value, [row]);
        else found.push(row);
      }
      // `sliceRows` sorts the values; the split keeps that order.
      return [...slices.keys()].flatMap((value) => {
        const found = byValue.get(value);
        return found === undefined ? [] : [{ slice: { ...slice, [column]: value }, at: Int32Array.from(found) }];
      });
    });
  }
  return parts;
}

/** The slice value of each row. */
function valuesOf(count: number, slices: ReadonlyMap<string, Int32Array>): string[] {
  const values = new Array<string>(count).fill("");
  for (const [value, at] of slices) for (const row of at) values[row] = value;
  return values;
}
