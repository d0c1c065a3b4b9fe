import { describe, expect, it } from "vitest";
import { binomialPmf } from "../distributions/binomial.ts";
import { binomialDraw } from "./binomial-draw.ts";
import { multinomialDraw } from "./multinomial-draw.ts";
import { philoxDraws } from "./philox.ts";

const DRAWS = 40_000;

describe("a binomial draw", () => {
  it.each([
    [30, 0.9],
    [100, 0.05],
    [100, 0.3],
    [10_000, 0.01],
    [1e6, 1e-5],
    [1e6, 0.3],
  ])("of %d trials with probability %f has the binomial's mean, variance and frequencies", (n, p) => {
    const draws = philoxDraws(7, 1);
    const found = new Map<number, number>();
    let [sum, squares] = [0, 0];
    for (let i = 0; i < DRAWS; i++) {
      draws.restart(i);
      const k = binomialDraw(draws, n, p);
      expect(k >= 0 && k <= n && Number.isInteger(k)).toBe(true);
      found.set(k, (found.get(k) ?? 0) + 1);
      sum += k - n * p;
      squares += (k - n * p) ** 2;
    }
    const variance = n * p * (1 - p);
    expect(Math.abs(sum / DRAWS / Math.sqrt(variance / DRAWS))).toBeLessThan(4);
    expect(Math.abs(squares / DRAWS / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / DRAWS) + 1 / DRAWS);
    // Pearson's chi-square over the values expected often, whose mean is their number and whose variance twice that.
    let [chi, cells] = [0, 0];
    for (const [k, count] of found) {
      const expected = DRAWS * binomialPmf(k, n, p);
      if (expected < 20) continue;
      chi += (count - expected) ** 2 / expected;
      cells++;
    }
    expect(Math.abs(chi - cells)).toBeLessThan(4 * Math.sqrt(2 * cells));
  });

  it("of certain outcomes is certain", () => {
    const draws = philoxDraws(1, 1);
    draws.restart(0);
    expect([binomialDraw(draws, 5, 0), binomialDraw(draws, 5, 1), binomialDraw(draws, 0, 0.5)]).toEqual([0, 5, 0]);
  });
});

it("a multinomial draw deals out every row, in the cells' proportions", () => {
  const counts = Float64Array.of(1, 3, 16, 400, 2, 578);
  const draws = philoxDraws(3, 1);
  const draw = multinomialDraw(counts);
  const drawn = new Float64Array(counts.length);
  const total = new Float64Array(counts.length);
  for (let replicate = 0; replicate < 4000; replicate++) {
    draws.restart(replicate);
    draw(draws, drawn);
    expect(drawn.reduce((a, b) => a + b)).toBe(1000);
    drawn.forEach((k, cell) => {
      total[cell] = (total[cell] ?? 0) + k;
    });
  }
  counts.forEach((count, cell) => {
    const sd = Math.sqrt((count * (1 - count / 1000)) / 4000);
    expect(Math.abs((total[cell] ?? 0) / 4000 - count)).toBeLessThan(4 * sd);
  });
});
