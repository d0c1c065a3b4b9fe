import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import type { SharedClasses } from "../shared-classes.ts";
import { kappa, mcc } from "./agreement.ts";
import { atThreshold, parseAtThreshold } from "./at-threshold.ts";
import { averagePrecision } from "./average-precision.ts";
import { classAverage, RECALL } from "./averages.ts";
import { measureBinary } from "./binary-metrics.ts";
import { binaryTableOf } from "./binary-table.ts";
import { positiveOf } from "./classes.ts";
import { type CountMetric, countMetric } from "./confusion.ts";
import { binaryMetric, parseAverage } from "./metric-names.ts";
import { brier, logLoss, logLossMulticlass } from "./probability.ts";
import { accuracy, jaccardMicro } from "./rates.ts";
import { rocAuc } from "./roc-auc.ts";
import { type Scored, scoredOf } from "./scored.ts";

const COUNTS: ReadonlyMap<string, CountMetric> = new Map([
  ["balanced_accuracy", classAverage(RECALL, "present")],
  ["mcc", mcc],
  ["cohen_kappa", kappa("none")],
  ["cohen_kappa_linear", kappa("linear")],
  ["cohen_kappa_quadratic", kappa("quadratic")],
]);

const SCORES: ReadonlyMap<string, (scored: Scored) => Measured | Undefined> = new Map([
  ["roc_auc", rocAuc],
  ["average_precision", averagePrecision],
  ["log_loss", logLoss],
  ["brier", brier],
]);

/** One metric of a classification, as `measure` gives it. */
export function measureClassification(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  at: Int32Array | undefined,
  shared: SharedClasses,
): Measured | Undefined {
  if (metric === "accuracy") return accuracy(rows, at, 1);
  if (metric === "error_rate") return accuracy(rows, at, 0);
  const binary = binaryMetric(metric);
  if (binary !== undefined) {
    const table = binaryTableOf(rows, task, at);
    return "undefined" in table ? table : measureBinary(binary, table);
  }
  const counts = COUNTS.get(metric);
  if (counts !== undefined) return countMetric(counts, rows, at, shared);
  const averaged = parseAverage(metric);
  if (averaged !== undefined) {
    const { share, part, average } = averaged;
    if (average === "samples") return { undefined: "not-multilabel" };
    if (average !== "micro") return countMetric(classAverage(share, average), rows, at, shared);
    // With one class to a row, what is wrong is one false positive and one false negative: all shares but Jaccard's are the accuracy.
    return part === "jaccard" ? jaccardMicro(rows, at) : accuracy(rows, at, 1);
  }
  if (metric === "log_loss" && typeof positiveOf(task) !== "string") return logLossMulticlass(rows, at);
  const limit = parseAtThreshold(metric);
  const score = SCORES.get(metric) ?? (limit && ((scored: Scored) => atThreshold(limit, scored)));
  if (score === undefined) return { undefined: "metric-unknown" };
  const scored = scoredOf(rows, task, at);
  return "undefined" in scored ? scored : score(scored);
}
