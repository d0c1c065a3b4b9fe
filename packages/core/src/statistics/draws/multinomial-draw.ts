import { binomialDraw, inversion, MOST_BY_INVERSION } from "./binomial-draw.ts";
import type { Draws } from "./philox.ts";

/** Draws how often each cell is taken, written to `out`. */
export type MultinomialDraw = (draws: Draws, out: Float64Array) => void;

/** Draws of Σ counts rows among cells in proportion to `counts` (whole numbers above 0), by conditional binomials in the order of the cells. */
export function multinomialDraw(counts: Float64Array): MultinomialDraw {
  let left = 0;
  for (const count of counts) left += count;
  const rows = left;
  const shares = new Float64Array(counts.length);
  const logFailures = new Float64Array(counts.length);
  counts.forEach((count, cell) => {
    shares[cell] = count / left;
    logFailures[cell] = Math.log1p(-count / left);
    left -= count;
  });
  return (draws, out) => {
    let open = rows;
    for (let cell = 0; cell < out.length; cell++) {
      const share = shares[cell] ?? 0;
      let drawn: number;
      if (open === 0 || share === 1) drawn = open;
      else if (share <= 0.5 && open * share < MOST_BY_INVERSION)
        drawn = inversion(draws, open, share, logFailures[cell] ?? 0);
      else drawn = binomialDraw(draws, open, share);
      out[cell] = drawn;
      open -= drawn;
    }
  };
}
