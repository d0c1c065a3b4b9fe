import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { gammaDeviance, poissonDeviance } from "./deviance.ts";
import { errorQuantile, maxError, parseErrorQuantile } from "./error-quantiles.ts";
import { rmse, wape } from "./error-ratios.ts";
import { explainedVariance, r2 } from "./explained.ts";
import { type Pairs, pairsOf } from "./pairs.ts";
import { meanLoss, rowLossOf } from "./row-losses.ts";

const OTHERS: ReadonlyMap<string, (pairs: Pairs) => Measured | Undefined> = new Map([
  ["rmse", rmse],
  ["wape", wape],
  ["r2", r2],
  ["explained_variance", explainedVariance],
  ["poisson_deviance", poissonDeviance],
  ["gamma_deviance", gammaDeviance],
  ["max_error", maxError],
]);

/** One metric of a regression, as `measure` gives it. */
export function measureRegression(metric: string, rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const pairs = pairsOf(rows, at);
  if ("undefined" in pairs) return pairs;
  const loss = rowLossOf(metric);
  if (loss !== undefined) return meanLoss(loss, pairs);
  const share = parseErrorQuantile(metric);
  if (share !== undefined) return errorQuantile(share, pairs);
  return OTHERS.get(metric)?.(pairs) ?? { undefined: "metric-unknown" };
}
