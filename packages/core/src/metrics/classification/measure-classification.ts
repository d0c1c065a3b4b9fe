import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import type { SharedClasses } from "../shared-classes.ts";
import { kappa, mcc } from "./agreement.ts";
import { atThreshold, parseAtThreshold } from "./at-threshold.ts";
import { averagePrecision } from "./average-precision.ts";
import { classAverage, RECALL } from "./averages.ts";
import { measureBinary } from "./binary-metrics.ts";
import { binaryTableAt, binaryTableOf } from "./binary-table.ts";
import { calibrationError } from "./calibration.ts";
import { meanArea, oneVersusRest, rocAucOneVersusOne } from "./class-areas.ts";
import { type ClassScores, classScoresOf } from "./class-scores.ts";
import { positiveOf } from "./classes.ts";
import { confidencesOfTask } from "./confidences.ts";
import { type CountMetric, countMetric } from "./confusion.ts";
import { knownClassification } from "./known-classification.ts";
import { measureMultilabel } from "./measure-multilabel.ts";
import { binaryMetric, parseAverage, parseCalibration, parseThreshold, parseTop } from "./metric-names.ts";
import { brier, brierMulticlass, logLoss, logLossMulticlass } from "./probability.ts";
import { accuracy, jaccardMicro } from "./rates.ts";
import { rocAuc } from "./roc-auc.ts";
import { type Scored, scoredOf } from "./scored.ts";
import { topAccuracy } from "./top-k.ts";

type Found = Measured | Undefined;

const COUNTS: ReadonlyMap<string, CountMetric> = new Map([
  ["balanced_accuracy", classAverage(RECALL, "present")],
  ["mcc", mcc],
  ["cohen_kappa", kappa("none")],
  ["cohen_kappa_linear", kappa("linear")],
  ["cohen_kappa_quadratic", kappa("quadratic")],
]);

const SCORES: ReadonlyMap<string, (scored: Scored) => Found> = new Map([
  ["roc_auc", rocAuc],
  ["average_precision", averagePrecision],
  ["log_loss", logLoss],
  ["brier", brier],
]);

const CLASS_SCORES: ReadonlyMap<string, (found: ClassScores) => Found> = new Map([
  ["brier_multiclass", brierMulticlass],
  ["roc_auc_ovo", (found: ClassScores) => rocAucOneVersusOne(found, "macro")],
  ["roc_auc_ovo_weighted", (found: ClassScores) => rocAucOneVersusOne(found, "weighted")],
]);

/** The areas of each class against all others. */
const CLASS_AREAS = new Map([
  ["roc_auc_ovr", { area: rocAuc, average: "macro" as const }],
  ["roc_auc_ovr_weighted", { area: rocAuc, average: "weighted" as const }],
  ["average_precision_macro", { area: averagePrecision, average: "macro" as const }],
  ["average_precision_weighted", { area: averagePrecision, average: "weighted" as const }],
]);

/** One metric of a classification, as `measure` gives it. */
export function measureClassification(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  at: Int32Array | undefined,
  shared: SharedClasses,
): Found {
  if (!knownClassification.byName.has(metric) && knownClassification.byParameter(metric) === undefined) {
    return { undefined: "metric-unknown" };
  }
  const absent = shared.absentClass ?? (at === undefined ? "zero" : "ignore");
  if (task.multilabel === true) return measureMultilabel(metric, rows, at, absent, shared.classes);
  return (
    ofPredictions(metric, rows, task, at, shared) ??
    ofClassScores(metric, rows, task, at, absent) ??
    ofScore(metric, rows, task, at) ?? { undefined: "not-multilabel" }
  );
}

/** Metrics of labels and predictions; undefined when the name is none of theirs. */
function ofPredictions(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  at: Int32Array | undefined,
  shared: SharedClasses,
): Found | undefined {
  if (metric === "accuracy") return accuracy(rows, at, 1);
  if (metric === "error_rate" || metric === "hamming_loss") return accuracy(rows, at, 0);
  const binary = binaryMetric(metric);
  if (binary !== undefined) {
    const table = binaryTableOf(rows, task, at);
    return "undefined" in table ? table : measureBinary(binary, table);
  }
  const counts = COUNTS.get(metric);
  if (counts !== undefined) return countMetric(counts, rows, at, shared);
  const averaged = parseAverage(metric);
  if (averaged === undefined || averaged.average === "samples") return undefined;
  const { share, part, average } = averaged;
  if (average !== "micro") return countMetric(classAverage(share, average), rows, at, shared);
  // With one class to a row, what is wrong is one false positive and one false negative: all shares but Jaccard's are the accuracy.
  return part === "jaccard" ? jaccardMicro(rows, at) : accuracy(rows, at, 1);
}

/** Metrics of the scores of all classes; undefined when the name is none of theirs. */
function ofClassScores(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  at: Int32Array | undefined,
  absent: "zero" | "ignore",
): Found | undefined {
  const areas = CLASS_AREAS.get(metric);
  if (areas !== undefined) {
    const classes = oneVersusRest(rows, at);
    return "undefined" in classes ? classes : meanArea(areas.area, classes, areas.average, absent);
  }
  const top = parseTop(metric);
  const severally = metric === "log_loss" && typeof positiveOf(task) !== "string" ? logLossMulticlass : undefined;
  const of =
    severally ??
    CLASS_SCORES.get(metric) ??
    (top === undefined ? undefined : (found: ClassScores) => topAccuracy(top, found, !rows.columns.has("weight")));
  if (of === undefined) return undefined;
  const found = classScoresOf(rows, at);
  return "undefined" in found ? found : of(found);
}

/** Metrics of the score of the positive class, and calibration; undefined when the name is none of theirs. */
function ofScore(metric: string, rows: RowTable, task: RowsTask, at: Int32Array | undefined): Found | undefined {
  const calibration = parseCalibration(metric);
  if (calibration !== undefined) {
    const found = confidencesOfTask(rows, task, at);
    return "undefined" in found ? found : calibrationError(calibration.kind, calibration.bins, found);
  }
  const limit = parseAtThreshold(metric);
  const fixed = parseThreshold(metric);
  const of =
    SCORES.get(metric) ??
    (limit && ((scored: Scored) => atThreshold(limit, scored))) ??
    (fixed && ((scored: Scored) => measureBinary(fixed.metric, binaryTableAt(scored, fixed.threshold))));
  if (of === undefined) return undefined;
  const scored = scoredOf(rows, task, at);
  return "undefined" in scored ? scored : of(scored);
}
