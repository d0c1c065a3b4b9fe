import { binomialDraw } from "./binomial-draw.ts";
import type { Draws } from "./philox.ts";

/** A draw of Σ counts rows among cells in proportion to `counts`, by conditional binomials in the order of the cells, written to `out`. */
export function multinomialDraw(draws: Draws, counts: Float64Array, out: Float64Array): void {
  let left = 0;
  for (let cell = 0; cell < counts.length; cell++) left += counts[cell] ?? 0;
  let rows = left;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0;
    const drawn = count === left ? rows : binomialDraw(draws, rows, count / left);
    out[cell] = drawn;
    rows -= drawn;
    left -= count;
  }
}
