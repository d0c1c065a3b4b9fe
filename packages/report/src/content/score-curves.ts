import type { RowsTask } from "@metricgate/core/documents/evaluation";
import { scoredOf, tiesOf } from "@metricgate/core/metrics/classification/scored";
import type { RowTable } from "@metricgate/core/tables/row-table";

type Point = readonly [number, number];

/** How a binary classifier's scores do over all thresholds, and whether they mean what they say; each curve thinned to at most 61 points. */
export interface ScoreCurves {
  /** False positive rate, true positive rate. */
  roc: Point[];
  /** Recall, precision. */
  precisionRecall: Point[];
  /** Mean score and share of positives of up to 10 equal bins of [0, 1]; empty when a score lies outside of it. */
  calibration: Point[];
  /** The true positive rate at a false positive rate of at most `alarms`. */
  caught(alarms: number): number;
}

const known = new WeakMap<RowTable, ScoreCurves>();

/** The curves of a table with positive class and scores; undefined without them or with one class only. Each table is read once. */
export function scoreCurves(rows: RowTable, task: RowsTask): ScoreCurves | undefined {
  const before = known.get(rows);
  if (before !== undefined) return before;
  const found = curvesOf(rows, task);
  if (found !== undefined) known.set(rows, found);
  return found;
}

function curvesOf(rows: RowTable, task: RowsTask): ScoreCurves | undefined {
  if (task.task !== "classification" || task.positive === undefined) return undefined;
  const scored = scoredOf(rows, task, undefined);
  if ("undefined" in scored || scored.positives === 0 || scored.negatives === 0) return undefined;
  const { positives, negatives } = tiesOf(scored);
  const kept = new Set(evenPlaces(positives.length));
  const roc: Point[] = [[0, 0]];
  const precisionRecall: Point[] = [];
  const all: Point[] = [[0, 0]];
  let [caught, alarms] = [0, 0];
  for (let group = 0; group < positives.length; group++) {
    caught += positives[group] ?? 0;
    alarms += negatives[group] ?? 0;
    const point: Point = [alarms / scored.negatives, caught / scored.positives];
    all.push(point);
    if (!kept.has(group)) continue;
    roc.push(point);
    if (caught > 0) precisionRecall.push([caught / scored.positives, caught / (caught + alarms)]);
  }
  return { roc, precisionRecall, calibration: calibration(scored), caught: (most) => caughtAt(all, most) };
}

/** The last point of a curve, by binary search, whose false positive rate is at most `most`. */
function caughtAt(curve: readonly Point[], most: number): number {
  let [from, to] = [0, curve.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if ((curve[middle]?.[0] ?? 1) <= most) from = middle;
    else to = middle;
  }
  return curve[from]?.[1] ?? 0;
}

/** At most 61 places of `count`, even, first and last among them. */
function evenPlaces(count: number): number[] {
  const most = Math.min(60, count - 1);
  return Array.from({ length: most + 1 }, (_, i) => (most === 0 ? 0 : Math.round((i * (count - 1)) / most)));
}

function calibration({
  scores,
  positive,
  weights,
}: Exclude<ReturnType<typeof scoredOf>, { undefined: string }>): Point[] {
  const bins = Array.from({ length: 10 }, () => ({ weight: 0, score: 0, positive: 0 }));
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] ?? 0;
    if (score < 0 || score > 1) return [];
    const bin = bins[Math.min(9, Math.floor(score * 10))];
    const weight = weights[i] ?? 0;
    if (bin === undefined) continue;
    bin.weight += weight;
    bin.score += weight * score;
    bin.positive += weight * (positive[i] ?? 0);
  }
  return bins.flatMap(({ weight, score, positive: hits }): Point[] =>
    weight > 0 ? [[score / weight, hits / weight]] : [],
  );
}
