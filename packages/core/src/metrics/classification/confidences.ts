import type { RowsTask } from "../../documents/evaluation.ts";
import type { RowTable } from "../../tables/row-table.ts";
import type { Undefined } from "../measured.ts";
import { areDistributions, type ClassScores, classScoresOf } from "./class-scores.ts";
import { positiveOf } from "./classes.ts";
import { areProbabilities } from "./probability.ts";
import { type Scored, scoredOf } from "./scored.ts";

/** For each row how sure the model was, 0 to 1, and whether it was so. */
export interface Confidences {
  confidence: Float64Array;
  so: Uint8Array;
  weights: Float64Array;
}

/** The score of the positive class against the label. */
function confidencesOf({ scores, positive, weights }: Scored): Confidences | Undefined {
  return areProbabilities(scores)
    ? { confidence: scores, so: positive, weights }
    : { undefined: "score-not-probability" };
}

/** The highest score of each row (of equal ones the first class) against whether that class is true. */
function topConfidencesOf(found: ClassScores): Confidences | Undefined {
  if (!areDistributions(found)) return { undefined: "score-not-probability" };
  const confidence = new Float64Array(found.truth.length).fill(-1);
  const so = new Uint8Array(found.truth.length);
  found.scores.forEach((scores, k) => {
    for (let i = 0; i < confidence.length; i++) {
      const p = scores[i] ?? 0;
      if (p <= (confidence[i] ?? 0)) continue;
      confidence[i] = p;
      so[i] = found.truth[i] === k ? 1 : 0;
    }
  });
  return { confidence, so, weights: found.weights };
}

/** The confidences of the rows: of the positive class when there is one, else of each row's most likely class. */
export function confidencesOfTask(rows: RowTable, task: RowsTask, at: Int32Array | undefined): Confidences | Undefined {
  if (typeof positiveOf(task) === "string") {
    const scored = scoredOf(rows, task, at);
    return "undefined" in scored ? scored : confidencesOf(scored);
  }
  const scores = classScoresOf(rows, at);
  return "undefined" in scores ? scores : topConfidencesOf(scores);
}
