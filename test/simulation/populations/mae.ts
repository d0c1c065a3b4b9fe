import { normalDraws } from "../normal-draws.ts";
import type { Population } from "../population.ts";

const margin = 0.03;
const value = 1.5;

/** MAE 1.5 of both, with skewed absolute errors that correlate. */
export const mae: Population = {
  metric: "mae",
  task: { task: "regression", compute: ["mae"], slices: [] },
  margin,
  key: "max-rise",
  value,
  change: (truth) => (truth === "equal" ? 0 : margin),
  about:
    "baseline 1.5; absolute errors gamma-distributed with shape 1.5 (an exponential part that both share and half a χ² of one degree each, so that they correlate by 2/3), signs at random. At the margin the candidate's errors are larger by the factor 1.53 / 1.5",
  draw(draws, n, truth) {
    const normal = normalDraws(draws);
    const factor = (value + this.change(truth)) / value;
    const [label, mine, theirs] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
    for (let row = 0; row < n; row++) {
      const target = 100 * draws.next();
      const inCommon = -Math.log(draws.next());
      const signs = draws.next();
      const [a, b] = [normal(), normal()];
      label[row] = target;
      mine[row] = target + (signs < 0.5 ? 1 : -1) * factor * (inCommon + (a * a) / 2);
      theirs[row] = target + ((signs * 2) % 1 < 0.5 ? 1 : -1) * (inCommon + (b * b) / 2);
    }
    return {
      shared: { label: { type: "number", values: label } },
      candidate: { prediction: { type: "number", values: mine } },
      baseline: { prediction: { type: "number", values: theirs } },
    };
  },
};
