import type { Draws } from "../../../packages/core/src/statistics/draws/philox.ts";
import { normalDraws } from "../normal-draws.ts";
import type { Population } from "../population.ts";

interface Mae {
  id: string;
  /** Of both models, when they are equal. */
  value: number;
  margin: number;
  about: string;
  /** Draws the absolute errors of both models in one row, each of mean `value`. */
  errors(draws: Draws, normal: () => number): [candidate: number, baseline: number];
}

function maeOf({ id, value, margin, about, errors }: Mae): Population {
  const change: Population["change"] = (truth) => (truth === "equal" ? 0 : margin);
  return {
    id,
    metric: "mae",
    task: { task: "regression", compute: ["mae"], slices: [] },
    margin,
    key: "max-rise",
    change,
    about,
    draw(draws, n, truth) {
      const normal = normalDraws(draws);
      const factor = (value + change(truth)) / value;
      const [label, mine, theirs] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
      for (let row = 0; row < n; row++) {
        const target = 100 * draws.next();
        const signs = draws.next();
        const [a, b] = errors(draws, normal);
        label[row] = target;
        mine[row] = target + (signs < 0.5 ? 1 : -1) * factor * a;
        theirs[row] = target + ((signs * 2) % 1 < 0.5 ? 1 : -1) * b;
      }
      return {
        shared: { label: { type: "number", values: label } },
        candidate: { prediction: { type: "number", values: mine } },
        baseline: { prediction: { type: "number", values: theirs } },
      };
    },
  };
}

/** MAE 1.5 of both, with skewed absolute errors that correlate. */
export const mae = maeOf({
  id: "mae",
  value: 1.5,
  margin: 0.03,
  about:
    "MAE 1.5, margin 0.03; absolute errors are gamma-distributed with shape 1.5 (an exponential part that both models share, and half a χ² of one degree each, so that they correlate by 0.67), signs at random. At the margin the candidate's errors are larger by the factor 1.53 / 1.5",
  errors(draws, normal) {
    const inCommon = -Math.log(draws.next());
    const [a, b] = [normal(), normal()];
    return [inCommon + (a * a) / 2, inCommon + (b * b) / 2];
  },
});

const sigma = 1.5;

/** MAE 1.5 with log-normal errors, of which a few make much of the mean. */
export const maeHeavyTails = maeOf({
  id: "mae-heavy-tails",
  value: 1.5,
  margin: 0.15,
  about:
    "MAE 1.5, margin 0.15; absolute errors are log-normal with σ = 1.5 (skewness 33), whose logarithms correlate by 0.8: a few rows make much of the mean",
  errors(_draws, normal) {
    const inCommon = Math.sqrt(0.8) * normal();
    const own = Math.sqrt(0.2);
    const error = () => 1.5 * Math.exp(sigma * (inCommon + own * normal()) - (sigma * sigma) / 2);
    return [error(), error()];
  },
});
