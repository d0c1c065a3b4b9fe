import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import type { SharedClasses } from "../shared-classes.ts";
import { kappa, mcc } from "./agreement.ts";
import { atThreshold, parseAtThreshold } from "./at-threshold.ts";
import { averagePrecision } from "./average-precision.ts";
import { classAverage } from "./averages.ts";
import { positiveOf } from "./classes.ts";
import { type Confusion, type CountMetric, countMetric } from "./confusion.ts";
import { f1, jaccard } from "./overlap.ts";
import { brier, logLoss, logLossMulticlass } from "./probability.ts";
import { accuracy, BINARY_RATES, binaryRate } from "./rates.ts";
import { rocAuc } from "./roc-auc.ts";
import { type Scored, scoredOf } from "./scored.ts";

const COUNTS: ReadonlyMap<string, (counts: Confusion) => CountMetric | Undefined> = new Map([
  ["balanced_accuracy", classAverage("recall", "present")],
  ["precision_macro", classAverage("precision", "macro")],
  ["recall_macro", classAverage("recall", "macro")],
  ["f1_macro", classAverage("f1", "macro")],
  ["precision_weighted", classAverage("precision", "weighted")],
  ["recall_weighted", classAverage("recall", "weighted")],
  ["f1_weighted", classAverage("f1", "weighted")],
  ["mcc", mcc],
  ["cohen_kappa", kappa],
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
  _shared: SharedClasses,
): Measured | Undefined {
  if (metric === "accuracy") return accuracy(rows, at, 1);
  if (metric === "error_rate") return accuracy(rows, at, 0);
  const rate = BINARY_RATES.get(metric);
  if (rate !== undefined) return binaryRate(rate, rows, task, at);
  if (metric === "f1") return f1(rows, task, at);
  if (metric === "jaccard") return jaccard(rows, task, at);
  const counts = COUNTS.get(metric);
  if (counts !== undefined) return countMetric(counts, rows, at);
  if (metric === "log_loss" && typeof positiveOf(task) !== "string") return logLossMulticlass(rows, at);
  const limit = parseAtThreshold(metric);
  const score = SCORES.get(metric) ?? (limit && ((scored: Scored) => atThreshold(limit, scored)));
  if (score === undefined) return { undefined: "metric-unknown" };
  const scored = scoredOf(rows, task, at);
  return "undefined" in scored ? scored : score(scored);
}
