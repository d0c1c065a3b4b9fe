import type { RowTable } from "../../tables/row-table.ts";
import { numbersOf, weightsOf } from "../columns.ts";
import type { Undefined } from "../measured.ts";

/** Label, prediction and weight of each row. */
export interface Pairs {
  truth: Float64Array;
  predicted: Float64Array;
  weights: Float64Array;
}

/** The numbers of a regression or forecast, or why there are none. */
export function pairsOf(rows: RowTable, at: Int32Array | undefined): Pairs | Undefined {
  const truth = numbersOf(rows, "label", at);
  if ("undefined" in truth) return truth;
  const predicted = numbersOf(rows, "prediction", at);
  if ("undefined" in predicted) return predicted;
  const weights = weightsOf(rows, at);
  return "undefined" in weights ? weights : { truth, predicted, weights };
}

/** |label − prediction| of each row. */
export function absoluteErrors({ truth, predicted }: Pairs): Float64Array {
  return truth.map((y, i) => Math.abs(y - (predicted[i] ?? 0)));
}
