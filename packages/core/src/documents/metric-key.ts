import type { Slice } from "./fields.ts";

/** What tells the metrics of one evaluation apart: the name and the slice, whose columns may stand in any order. */
export function metricKey(name: string, slice: Slice | undefined): string {
  const columns = slice === undefined ? [] : Object.keys(slice).sort();
  // A name that cannot be taken for a slice's key is a key itself: most are, and making another text of each costs memory.
  if (columns.length === 0 && !name.startsWith("[")) return name;
  return JSON.stringify([name, ...columns.map((column) => [column, slice?.[column]])]);
}
