import { normalQuantile } from "../../../packages/core/src/statistics/normal.ts";
import { normalDraws } from "../normal-draws.ts";
import { binary, type Population } from "../population.ts";

interface RocAuc {
  id: string;
  /** Of both models, when they are equal. */
  value: number;
  /** The share of positive rows. */
  positives: number;
  /** Of the two models' scores, given the label. */
  correlation: number;
  margin: number;
  about: string;
}

/** How far apart the means of two normals of sd 1 are whose area under the ROC curve this is: Φ(distance / √2). */
function distanceOf(auc: number): number {
  return Math.SQRT2 * normalQuantile(auc);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function rocAucOf({ id, value, positives, correlation, margin, about }: RocAuc): Population {
  const change: Population["change"] = (truth) => (truth === "equal" ? 0 : -margin);
  return {
    id,
    metric: "roc_auc",
    task: { task: "classification", positive: "1", classes: ["0", "1"], compute: ["roc_auc"], slices: [] },
    margin,
    key: "max-drop",
    change,
    about,
    draw(draws, n, truth) {
      const normal = normalDraws(draws);
      const distance = distanceOf(value);
      const candidateDistance = distanceOf(value + change(truth));
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
}

/** AUC 0.85 of both, with scores that correlate. */
export const rocAuc = rocAucOf({
  id: "roc_auc",
  value: 0.85,
  positives: 0.2,
  correlation: 0.8,
  margin: 0.02,
  about:
    "AUC 0.85, margin 0.02; 20 % of the labels are positive. Scores are binormal (then a logistic function) and correlate by 0.8 given the label; the distance of the means is √2·Φ⁻¹(AUC)",
});

/** AUC 0.95 with 5 % positives, which are 25 of 500 rows. */
export const rocAucFewPositives = rocAucOf({
  id: "roc_auc-few-positives",
  value: 0.95,
  positives: 0.05,
  correlation: 0.8,
  margin: 0.02,
  about: "AUC 0.95, margin 0.02; 5 % of the labels are positive, which is 25 of 500 rows; scores as above",
});

/** The same with as many positives in 500 rows. */
export const rocAucOfPositives = (count: number) =>
  rocAucOf({
    id: `roc_auc-${count}-positives`,
    value: 0.95,
    positives: count / 500,
    correlation: 0.8,
    margin: 0.02,
    about: `as roc_auc-few-positives, with ${count} positives in 500 rows`,
  });
