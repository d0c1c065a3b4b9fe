import { UserError } from "@metricgate/core/errors/user-error";
import type { MeasuredRows } from "./measure-predictions.ts";

/** That files were read and hold no metric, nor rows that give one: nothing would be compared. `path` is the table's, or empty where metric files gave the rows. */
export function nothingMeasured(table: MeasuredRows | undefined, path: string): UserError {
  const found = (table?.notes ?? []).map(({ text }) => text).join(" ");
  return new UserError(
    "no-metrics",
    `no metric can be computed from the ${table?.rows.count ?? 0} rows of ${path === "" ? "the metric files" : path}${found === "" ? "" : `: ${found}`}`,
    "Give a column of predictions, or of scores between 0 and 1, and name it in `columns:`; or name metrics with `compute`.",
    path === "" ? {} : { file: path },
  );
}
