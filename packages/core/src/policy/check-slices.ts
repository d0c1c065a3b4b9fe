import { columnsOf } from "../gates/slice-columns.ts";
import type { Report } from "./policy-problem.ts";
import type { GateEntry, ModelPolicy } from "./schema.ts";

/** Columns of slices and groups that the prediction table is not said to have. */
export function checkSliceColumns({ slices, fairness, metric }: GateEntry, model: ModelPolicy, report: Report): void {
  const given = model.predictions?.slices;
  if (given === undefined) return;
  const missing = (by: string) =>
    columnsOf(by, (column) => given.includes(column)).filter((one) => !given.includes(one));
  const add = (column: string) => `Add ${column} to predictions.slices.`;
  for (const [index, by] of (slices?.by ?? []).entries()) {
    for (const column of missing(by)) {
      const text = `The gate ${metric} has slices by ${column}, which predictions.slices does not list.`;
      report(["slices", "by", index], text, add(column));
    }
  }
  for (const column of fairness === undefined ? [] : missing(fairness.by)) {
    const text = `The gate ${metric} has groups by ${column}, which predictions.slices does not list.`;
    report(["fairness", "by"], text, add(column));
  }
}
