import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { meanLoss, type Pairs, pairsOf, ROW_LOSSES, r2, rmse, wape } from "./regression.ts";

const RATIOS: ReadonlyMap<string, (pairs: Pairs) => Measured | Undefined> = new Map([
  ["rmse", rmse],
  ["wape", wape],
  ["r2", r2],
]);

/** One metric of a regression, as `measure` gives it. */
export function measureRegression(
  metric: string,
  rows: RowTable,
  _task: RowsTask,
  at: Int32Array | undefined,
): Measured | Undefined {
  const pairs = pairsOf(rows, at);
  if ("undefined" in pairs) return pairs;
  const loss = ROW_LOSSES.get(metric);
  if (loss !== undefined) return meanLoss(loss, pairs);
  return RATIOS.get(metric)?.(pairs) ?? { undefined: "metric-unknown" };
}
