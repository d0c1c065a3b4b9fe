import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { averagePrecision } from "./average-precision.ts";
import { meanArea } from "./class-areas.ts";
import { binaryMetric, parseAverage } from "./metric-names.ts";
import {
  hammingLoss,
  meanRatio,
  microArea,
  multilabelOf,
  multilabelScoresOf,
  pooledRatio,
  subsetAccuracy,
} from "./multilabel.ts";
import { rocAuc } from "./roc-auc.ts";

const AREAS = new Map([
  ["roc_auc", rocAuc],
  ["average_precision", averagePrecision],
]);

/** One metric of a classification whose rows have any number of classes, as `measure` gives it. @param shared classes of both sides of a comparison */
export function measureMultilabel(
  metric: string,
  rows: RowTable,
  at: Int32Array | undefined,
  absent: "zero" | "ignore",
  shared?: readonly string[],
): Measured | Undefined {
  const area = /^(.+)_(macro|micro|weighted)$/.exec(metric);
  const areaOf = AREAS.get(area?.[1] ?? "");
  if (areaOf !== undefined) {
    const scores = multilabelScoresOf(rows, at);
    if ("undefined" in scores) return scores;
    if (area?.[2] === "micro") return microArea(areaOf, scores);
    return meanArea(areaOf, scores, area?.[2] === "weighted" ? "weighted" : "macro", absent);
  }
  const averaged = parseAverage(metric);
  const ratio = averaged && binaryMetric(averaged.part);
  if (ratio === undefined && !["accuracy", "error_rate", "hamming_loss"].includes(metric)) {
    return { undefined: "not-of-multilabel" };
  }
  const found = multilabelOf(rows, at, shared);
  if ("undefined" in found) return found;
  if (metric === "hamming_loss") return hammingLoss(found);
  if (averaged === undefined || ratio === undefined) return subsetAccuracy(found, metric === "accuracy" ? 1 : 0);
  const { average } = averaged;
  if (average === "micro" || average === "samples") return pooledRatio(ratio, found, average);
  return meanRatio(ratio, found, average, absent);
}
