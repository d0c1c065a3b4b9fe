import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { categoriesOf, weightsOf } from "../columns.ts";
import type { Undefined } from "../measured.ts";
import { remembered } from "../remembered.ts";
import { classOrder } from "./class-order.ts";

/** Labels and predictions as codes into one list of classes in order, with weights. */
export interface Classes {
  truth: Int32Array;
  predicted: Int32Array;
  names: readonly string[];
  weights: Float64Array;
}

const kept = remembered<Classes | Undefined>();
const lists = remembered<string[]>();

/** The names that some row of the whole table has in a category column. */
function namesInUse(rows: RowTable, column: string): string[] {
  return lists(rows, undefined, column, () => {
    const found = rows.columns.get(column);
    if (found?.type !== "category") return [];
    const used = new Uint8Array(found.names.length);
    let unseen = used.length;
    for (let row = 0; row < found.codes.length && unseen > 0; row++) {
      const code = found.codes[row] ?? 0;
      unseen -= used[code] === 0 ? 1 : 0;
      used[code] = 1;
    }
    return found.names.filter((name, code) => used[code] === 1 && name !== "");
  });
}

/** The classes among the labels and predictions of a table, in order; of rows with any number of classes those that have a column. */
export function classesIn(rows: RowTable): string[] {
  const flags = [...rows.columns.keys()].flatMap((column) => /^(?:label|prediction):(.+)$/s.exec(column)?.[1] ?? []);
  return classOrder([...namesInUse(rows, "label"), ...namesInUse(rows, "prediction"), ...flags]);
}

/** A key for a list of classes. */
export function classKey(classes: readonly string[] | undefined): string {
  return classes === undefined ? "" : JSON.stringify(classes);
}

/**
 * Joins label and prediction of the rows over one list of classes (those of the whole table and `shared`), or says why there is none.
 * The same object for the same rows.
 */
export function classesOf(rows: RowTable, at: Int32Array | undefined, shared?: readonly string[]): Classes | Undefined {
  return kept(rows, at, classKey(shared), () => joined(rows, at, shared));
}

function joined(rows: RowTable, at: Int32Array | undefined, shared: readonly string[] = []): Classes | Undefined {
  const label = categoriesOf(rows, "label", at);
  if ("undefined" in label) return label;
  const prediction = categoriesOf(rows, "prediction", at);
  if ("undefined" in prediction) return prediction;
  const weights = weightsOf(rows, at);
  if ("undefined" in weights) return weights;
  if (weights.length === 0) return { undefined: "no-rows" };
  const names = classOrder([...classesIn(rows), ...shared]);
  const place = new Map(names.map((name, code) => [name, code]));
  const truth = moved(label.codes, label.names, place);
  const predicted = moved(prediction.codes, prediction.names, place);
  return { truth, predicted, names, weights };
}

/** The codes into another list of names. */
function moved(codes: Int32Array, names: readonly string[], place: ReadonlyMap<string, number>): Int32Array {
  const to = Int32Array.from(names, (name) => place.get(name) ?? -1);
  if (to.every((code, from) => code === from)) return codes;
  const found = new Int32Array(codes.length);
  for (let i = 0; i < found.length; i++) found[i] = to[codes[i] ?? -1] ?? -1;
  return found;
}

/** The positive class: the task's, else the later of two. */
export function positiveOf(task: RowsTask): string | Undefined {
  if (task.positive !== undefined) return task.positive;
  const [, second, third] = task.classes ?? [];
  return second !== undefined && third === undefined ? second : { undefined: "no-positive-class" };
}
