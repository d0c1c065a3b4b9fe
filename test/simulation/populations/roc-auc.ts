import { normalQuantile } from "../../../packages/core/src/statistics/normal.ts";
import { normalDraws } from "../normal-draws.ts";
import { binary, type Population } from "../population.ts";

const margin = 0.02;
const value = 0.85;
const positives = 0.2;
const correlation = 0.8;

/** How far apart the means of two normals of sd 1 are whose area under the ROC curve this is: Φ(distance / √2). */
function distanceOf(auc: number): number {
  return Math.SQRT2 * normalQuantile(auc);
}

/** AUC 0.85 of both, with scores that correlate. */
export const rocAuc: Population = {
  metric: "roc_auc",
  task: { task: "classification", positive: "1", classes: ["0", "1"], compute: ["roc_auc"], slices: [] },
  margin,
  key: "max-drop",
  value,
  change: (truth) => (truth === "equal" ? 0 : -margin),
  about:
    "baseline 0.85, 20 % positives; binormal scores (then a logistic function) with correlation 0.8 given the label. The distance of the means is √2·Φ⁻¹(AUC)",
  draw(draws, n, truth) {
    const normal = normalDraws(draws);
    const distance = distanceOf(value);
    const candidateDistance = distanceOf(value + this.change(truth));
    const label = new Int32Array(n);
    const [mine, theirs] = [new Float64Array(n), new Float64Array(n)];
    const [common, own] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)];
    for (let row = 0; row < n; row++) {
      const positive = draws.next() < positives ? 1 : 0;
      const inCommon = common * normal();
      label[row] = positive;
      mine[row] = logistic(positive * candidateDistance + inCommon + own * normal());
      theirs[row] = logistic(positive * distance + inCommon + own * normal());
    }
    return {
      shared: { label: binary(label) },
      candidate: { score: { type: "number", values: mine } },
      baseline: { score: { type: "number", values: theirs } },
    };
  },
};

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
