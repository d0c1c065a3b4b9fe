import type { RowTable } from "../../tables/row-table.ts";
import { numbersOf, weightsOf } from "../columns.ts";
import type { Undefined } from "../measured.ts";

/** The numbers of a column `value:NAME` with the rows' weights. */
export interface Values {
  values: Float64Array;
  weights: Float64Array;
  /** The rows have no weights. */
  plain: boolean;
}

/** The values of the column `value:NAME`; a reason when there is no such column or a cell has no number. */
export function valuesOf(rows: RowTable, name: string, at: Int32Array | undefined): Values | Undefined {
  if (rows.columns.get(`value:${name}`)?.type !== "number") return { undefined: "no-value-column" };
  const values = numbersOf(rows, `value:${name}`, at);
  if ("undefined" in values) return values;
  if (values.some((value) => !Number.isFinite(value))) return { undefined: "value-missing" };
  const weights = weightsOf(rows, at);
  return "undefined" in weights ? weights : { values, weights, plain: !rows.columns.has("weight") };
}
