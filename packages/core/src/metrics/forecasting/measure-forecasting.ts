import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { rmse, wape } from "../regression/error-ratios.ts";
import { pairsOf } from "../regression/pairs.ts";
import { meanLoss, parsePinball, rowLossOf } from "../regression/row-losses.ts";
import { coverage, intervalWidth } from "./interval-columns.ts";
import { mase } from "./mase.ts";

/** The metrics of a regression that are also those of a forecast. */
const MEANS = new Set(["mae", "smape", "bias"]);

/** One metric of a forecast, as `measure` gives it. */
export function measureForecasting(metric: string, rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  if (metric === "coverage") return coverage(rows, at);
  if (metric === "interval_width") return intervalWidth(rows, at);
  if (metric === "mase") return mase(rows, at);
  const pairs = pairsOf(rows, at);
  if ("undefined" in pairs) return pairs;
  if (metric === "rmse") return rmse(pairs);
  if (metric === "wape") return wape(pairs);
  const loss = MEANS.has(metric) || parsePinball(metric) !== undefined ? rowLossOf(metric) : undefined;
  return loss === undefined ? { undefined: "metric-unknown" } : meanLoss(loss, pairs);
}
