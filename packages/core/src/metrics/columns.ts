import type { RowTable } from "../tables/row-table.ts";
import type { Undefined } from "./measured.ts";
import { ones } from "./ones.ts";
import { remembered } from "./remembered.ts";

/** The cells of a number column, those of `at` when given; a reason when there is no such column. */
export function numbersOf(rows: RowTable, column: string, at: Int32Array | undefined): Float64Array | Undefined {
  const found = rows.columns.get(column);
  // Of `score:CLASS` the reason names the role alone, so that there is one code for all classes.
  const role = column.split(":", 1)[0] ?? column;
  if (found === undefined) return { undefined: `no-${role}` };
  if (found.type !== "number") return { undefined: `${role}-not-numeric` };
  if (at === undefined) return found.values;
  const taken = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) taken[i] = found.values[at[i] ?? -1] ?? Number.NaN;
  return taken;
}

const keptWeights = remembered<Float64Array | Undefined>();

/** The weights of the rows; ones without a `weight` column. A reason when one is negative or all are 0. The same array for the same rows. */
export function weightsOf(rows: RowTable, at: Int32Array | undefined): Float64Array | Undefined {
  return keptWeights(rows, at, "", () => {
    if (!rows.columns.has("weight")) return ones(at?.length ?? rows.count);
    const weights = numbersOf(rows, "weight", at);
    if ("undefined" in weights) return weights;
    let largest = 0;
    for (const weight of weights) {
      if (weight < 0) return { undefined: "negative-weight" };
      if (weight > largest) largest = weight;
    }
    return weights.length > 0 && largest === 0 ? { undefined: "zero-weight" } : weights;
  });
}

/** Labels or predictions as codes into names that are in use. */
export interface Codes {
  codes: Int32Array;
  names: readonly string[];
}

/** The cells of a category column, those of `at` when given; a reason when there is none or a cell is empty. */
export function categoriesOf(rows: RowTable, column: string, at: Int32Array | undefined): Codes | Undefined {
  const found = rows.columns.get(column);
  if (found === undefined) return { undefined: `no-${column}` };
  if (found.type !== "category") return { undefined: `${column}-not-categorical` };
  let codes = found.codes;
  if (at !== undefined) {
    codes = new Int32Array(at.length);
    for (let i = 0; i < at.length; i++) codes[i] = found.codes[at[i] ?? -1] ?? -1;
  }
  const empty = found.names.indexOf("");
  if (empty >= 0 && codes.includes(empty)) return { undefined: `${column}-missing` };
  return { codes, names: found.names };
}
