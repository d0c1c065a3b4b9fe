import { binary, type Population, type Truth } from "../population.ts";

const margin = 0.02;
const positives = 0.25;
/** Of the positive rows: both models, only the baseline, and with equal models only the candidate find them. */
const [bothFind, baselineFinds, candidateFinds] = [0.72, 0.08, 0.08];
/** Of the negative rows: a false alarm of both, of the baseline alone, of the candidate alone. */
const [bothAlarm, baselineAlarms, candidateAlarms] = [0.04, 0.02, 0.02];

const falsePositives = (1 - positives) * (bothAlarm + baselineAlarms);
const truePositives = positives * (bothFind + baselineFinds);
const value = (2 * truePositives) / (truePositives + falsePositives + positives);

/** How often only the candidate finds a positive row: F = 2·tp / (tp + fp + positives), solved for tp. */
function foundByCandidateAlone(truth: Truth): number {
  if (truth === "equal") return candidateFinds;
  const f = value - margin;
  return (f * (falsePositives + positives)) / (2 - f) / positives - bothFind;
}

/** F1 0.81 of both with 25 % positives; at the margin the candidate finds fewer of them. */
export const f1: Population = {
  metric: "f1",
  task: { task: "classification", positive: "1", classes: ["0", "1"], compute: ["f1"], slices: [] },
  margin,
  key: "max-drop",
  value,
  change: (truth) => (truth === "equal" ? 0 : -margin),
  about:
    "baseline 0.808, 25 % positives, recall 0.80, false alarms on 6 % of the negatives; the models disagree on 7 % of the rows. At the margin the candidate's recall is what F = 2·tp / (tp + fp + positives) gives for that F",
  draw(draws, n, truth) {
    const alone = foundByCandidateAlone(truth);
    const [label, mine, theirs] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)];
    for (let row = 0; row < n; row++) {
      const positive = draws.next() < positives;
      const u = draws.next();
      const [both, onlyBaseline, onlyCandidate] = positive
        ? [bothFind, baselineFinds, alone]
        : [bothAlarm, baselineAlarms, candidateAlarms];
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
