import type { CategoryColumn } from "../../tables/row-table.ts";

/** The rows of each unit: which unit each measured row belongs to, and how many there are. */
export interface Units {
  of: Int32Array | undefined;
  count: number;
}

/** The independent units of the rows measured (those of `at`, when given): the groups that occur, in their order, else the rows. */
export function unitsOf(n: number, group: CategoryColumn | undefined, at: Int32Array | undefined): Units {
  if (group === undefined) return { of: undefined, count: n };
  const place = new Int32Array(group.names.length).fill(-1);
  const of = new Int32Array(n);
  const code = (i: number) => group.codes[at === undefined ? i : (at[i] ?? -1)] ?? -1;
  for (let i = 0; i < n; i++) place[code(i)] = 0;
  let count = 0;
  for (let k = 0; k < place.length; k++) if (place[k] === 0) place[k] = count++;
  for (let i = 0; i < n; i++) of[i] = place[code(i)] ?? -1;
  return { of, count };
}
