import { binary, type Population } from "../population.ts";

const margin = 0.01;
const disagreement = 0.06;
const value = 0.9;

/** Accuracy 0.90 of both, right on different rows in 6 % of them. */
export const accuracy: Population = {
  metric: "accuracy",
  task: { task: "classification", positive: "1", classes: ["0", "1"], compute: ["accuracy"], slices: [] },
  margin,
  key: "max-drop",
  value,
  change: (truth) => (truth === "equal" ? 0 : -margin),
  about:
    "baseline 0.90, half the labels positive; the models disagree on 6 % of the rows. The share of rows that only one side has right is (6 % ± the true change) / 2",
  draw(draws, n, truth) {
    const lost = (disagreement - this.change(truth)) / 2;
    const bothRight = value - lost;
    const [label, mine, theirs] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)];
    for (let row = 0; row < n; row++) {
      const truthOfRow = draws.next() < 0.5 ? 1 : 0;
      const u = draws.next();
      const candidateRight = u < bothRight || (u >= value && u < bothRight + disagreement);
      const baselineRight = u < value;
      label[row] = truthOfRow;
      mine[row] = candidateRight ? truthOfRow : 1 - truthOfRow;
      theirs[row] = baselineRight ? truthOfRow : 1 - truthOfRow;
    }
    return {
      shared: { label: binary(label) },
      candidate: { prediction: binary(mine) },
      baseline: { prediction: binary(theirs) },
    };
  },
};
