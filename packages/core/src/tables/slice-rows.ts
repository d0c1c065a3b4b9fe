import { codePointOrder } from "../text/code-point-order.ts";
import type { RowTable } from "./row-table.ts";

/** What a slice of rows whose cell is empty is called. */
const MISSING = "(missing)";

/**
 * The rows of each value of the slice column `column` (named without `slice:`): ascending row indices by value,
 * the values sorted by code point; an empty cell belongs to `(missing)`.
 * @throws RangeError when the table has no such category column
 */
export function sliceRows(rows: RowTable, column: string): Map<string, Int32Array> {
  const found = rows.columns.get(`slice:${column}`);
  if (found?.type !== "category") throw new RangeError(`the rows have no slice column ${column}`);
  const sizes = new Map<string, number>();
  const named = found.names.map((name) => (name === "" ? MISSING : name));
  for (const code of found.codes) {
    const name = named[code] ?? MISSING;
    sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  const slices = new Map<string, Int32Array>();
  for (const name of [...sizes.keys()].sort(codePointOrder)) slices.set(name, new Int32Array(sizes.get(name) ?? 0));
  const filled = new Map<string, number>();
  found.codes.forEach((code, row) => {
    const name = named[code] ?? MISSING;
    const next = filled.get(name) ?? 0;
    const slice = slices.get(name);
    if (slice !== undefined) slice[next] = row;
    filled.set(name, next + 1);
  });
  return slices;
}
