import { binary, type Population, type Truth } from "../population.ts";

/** Shares: found by both models, by the baseline alone, and with equal models by the candidate alone. */
type Found = readonly [both: number, baseline: number, candidate: number];

interface F1 {
  id: string;
  metric: "f1" | "balanced_accuracy";
  /** The share of positive rows. */
  positives: number;
  /** Of the positive rows. */
  hits: Found;
  /** Of the negative rows. */
  alarms: Found;
  margin: number;
  about: string;
}

function f1Of({ id, metric, positives, hits, alarms, margin, about }: F1): Population {
  const [bothFind, baselineFinds, candidateFinds] = hits;
  const falsePositives = (1 - positives) * (alarms[0] + alarms[1]);
  const truePositives = positives * (bothFind + baselineFinds);
  const value = (2 * truePositives) / (truePositives + falsePositives + positives);
  /**
   * How often only the candidate finds a positive row: F = 2·tp / (tp + fp + positives), solved for tp; balanced accuracy loses half of
   * what recall does.
   */
  const candidateAlone = (truth: Truth) => {
    if (truth === "equal") return candidateFinds;
    if (metric === "balanced_accuracy") return candidateFinds - 2 * margin;
    const f = value - margin;
    return (f * (falsePositives + positives)) / (2 - f) / positives - bothFind;
  };
  return {
    id,
    metric,
    task: { task: "classification", positive: "1", classes: ["0", "1"], compute: [metric], slices: [] },
    margin,
    key: "max-drop",
    change: (truth) => (truth === "equal" ? 0 : -margin),
    about,
    draw(draws, n, truth) {
      const ofPositives: Found = [bothFind, baselineFinds, candidateAlone(truth)];
      const [label, mine, theirs] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)];
      for (let row = 0; row < n; row++) {
        const positive = draws.next() < positives;
        const u = draws.next();
        const [both, onlyBaseline, onlyCandidate] = positive ? ofPositives : alarms;
        label[row] = positive ? 1 : 0;
        theirs[row] = u < both + onlyBaseline ? 1 : 0;
        mine[row] = u < both || (u >= both + onlyBaseline && u < both + onlyBaseline + onlyCandidate) ? 1 : 0;
      }
      return {
        shared: { label: binary(label) },
        candidate: { prediction: binary(mine) },
        baseline: { prediction: binary(theirs) },
      };
    },
  };
}

/** F1 0.81 of both with 25 % positives; at the margin the candidate finds fewer of them. */
export const f1 = f1Of({
  id: "f1",
  metric: "f1",
  positives: 0.25,
  hits: [0.72, 0.08, 0.08],
  alarms: [0.04, 0.02, 0.02],
  margin: 0.02,
  about:
    "F1 0.808, margin 0.02; 25 % of the labels are positive, recall 0.80, false alarms on 6 % of the negatives. Only one model finds 16 % of the positives, only one raises a false alarm on 4 % of the negatives. At the margin the candidate's recall is lower, its false alarms are as before",
});

/** Where few rows tell the models apart: recall 0.60, and false alarms on 1 % of the negatives. */
const few = { hits: [0.52, 0.08, 0.08], alarms: [0.008, 0.002, 0.002] } as const;

/** F1 0.67 with 5 % positives, which are 25 of 500 rows. */
export const f1FewPositives = f1Of({
  ...few,
  id: "f1-few-positives",
  metric: "f1",
  positives: 0.05,
  margin: 0.05,
  about:
    "F1 0.670, margin 0.05; 5 % of the labels are positive, which is 25 of 500 rows, recall 0.60, false alarms on 1 % of the negatives. Only one model finds 16 % of the positives",
});

/** The same with as many positives in 500 rows. */
export const f1OfPositives = (count: number) =>
  f1Of({
    ...few,
    id: `f1-${count}-positives`,
    metric: "f1",
    positives: count / 500,
    margin: 0.05,
    about: `as f1-few-positives, with ${count} positives in 500 rows`,
  });

/** A metric of counts of which the few positives make half. */
export const balancedAccuracyFewPositives = f1Of({
  ...few,
  id: "balanced_accuracy-few-positives",
  metric: "balanced_accuracy",
  positives: 0.05,
  margin: 0.03,
  about: "balanced accuracy 0.795, margin 0.03; the labels and predictions of f1-few-positives",
});
