import type { RowTable } from "../tables/row-table.ts";

/** What was prepared of one table: of all rows for good, of some rows until others are asked for. */
interface Kept<T> {
  whole: Map<string, T>;
  at?: Int32Array;
  part: Map<string, T>;
}

/**
 * Keeps what is made of a table's rows (those of `at`, the same array) under a key, so that the metrics of one table share the work.
 * Row tables never change, so a value is the same whether it was kept or made anew.
 */
export function remembered<T>(): (rows: RowTable, at: Int32Array | undefined, key: string, make: () => T) => T {
  const tables = new WeakMap<RowTable, Kept<T>>();
  return (rows, at, key, make) => {
    let kept = tables.get(rows);
    if (kept === undefined) {
      kept = { whole: new Map(), part: new Map() };
      tables.set(rows, kept);
    }
    if (at !== undefined && kept.at !== at) {
      kept.at = at;
      kept.part = new Map();
    }
    const values = at === undefined ? kept.whole : kept.part;
    const before = values.get(key);
    if (before !== undefined) return before;
    const made = make();
    values.set(key, made);
    return made;
  };
}
