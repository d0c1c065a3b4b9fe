import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { categoriesOf, weightsOf } from "../columns.ts";
import type { Undefined } from "../measured.ts";

/** Labels and predictions as codes into one list of names, with weights. */
export interface Classes {
  truth: Int32Array;
  predicted: Int32Array;
  names: readonly string[];
  weights: Float64Array;
}

/** Joins label and prediction of the rows over one list of names, or says why there is none. */
export function classesOf(rows: RowTable, at: Int32Array | undefined): Classes | Undefined {
  const label = categoriesOf(rows, "label", at);
  if ("undefined" in label) return label;
  const prediction = categoriesOf(rows, "prediction", at);
  if ("undefined" in prediction) return prediction;
  const weights = weightsOf(rows, at);
  if ("undefined" in weights) return weights;
  if (weights.length === 0) return { undefined: "no-rows" };
  const place = new Map(label.names.map((name, code) => [name, code]));
  const names = [...label.names];
  const moved = Int32Array.from(prediction.names, (name) => {
    const known = place.get(name);
    return known ?? names.push(name) - 1;
  });
  const predicted = prediction.codes.map((code) => moved[code] ?? -1);
  return { truth: label.codes, predicted, names, weights };
}

/** The positive class: the task's, else the later of two. */
export function positiveOf(task: RowsTask): string | Undefined {
  if (task.positive !== undefined) return task.positive;
  const [, second, third] = task.classes ?? [];
  return second !== undefined && third === undefined ? second : { undefined: "no-positive-class" };
}
