import { binary, type Population } from "../population.ts";

interface Accuracy {
  id: string;
  /** Of both models, when they are equal. */
  value: number;
  /** The share of the rows that only one of the models has right. */
  disagreement: number;
  margin: number;
  about: string;
}

function accuracyOf({ id, value, disagreement, margin, about }: Accuracy): Population {
  const change: Population["change"] = (truth) => (truth === "equal" ? 0 : -margin);
  return {
    id,
    metric: "accuracy",
    task: { task: "classification", positive: "1", classes: ["0", "1"], compute: ["accuracy"], slices: [] },
    margin,
    key: "max-drop",
    change,
    about,
    draw(draws, n, truth) {
      const lost = (disagreement - change(truth)) / 2;
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
}

/** Accuracy 0.90 of both, right on different rows in 6 % of them. */
export const accuracy = accuracyOf({
  id: "accuracy",
  value: 0.9,
  disagreement: 0.06,
  margin: 0.01,
  about:
    "accuracy 0.90, margin 0.01; half the labels are positive. Only one model is right on 6 % of the rows, so the two models' errors correlate by 0.67",
});

/** Accuracy 0.99: few errors, of which half are shared. */
export const accuracyFewErrors = accuracyOf({
  id: "accuracy-few-errors",
  value: 0.99,
  disagreement: 0.01,
  margin: 0.005,
  about:
    "accuracy 0.99, margin 0.005; only one model is right on 1 % of the rows, which is five of 500; the errors correlate by 0.49",
});
