import fc from "fast-check";
import { expect, it } from "vitest";
import { philoxDraws } from "./draws/philox.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { probabilityOfSuperiority } from "./probability-of-superiority.ts";

const runs = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 5, maxLength: 12 });

it("lies within its interval, which is never of zero width, and turns over when the sides are swapped", () => {
  fc.assert(
    fc.property(runs, runs, (a, b) => {
      const one = probabilityOfSuperiority(a, b, 0.95);
      const other = probabilityOfSuperiority(b, a, 0.95);
      if (one === undefined || other === undefined) throw new Error("too few");
      expect(one.probability + other.probability).toBeCloseTo(1, 12);
      expect(one.interval.low + other.interval.high).toBeCloseTo(1, 10);
      expect(one.interval.low).toBeLessThanOrEqual(one.probability + 1e-12);
      expect(one.interval.high).toBeGreaterThanOrEqual(one.probability - 1e-12);
      expect(one.interval.high - one.interval.low).toBeGreaterThan(0.1);
    }),
  );
});

it("says nothing of fewer than five runs", () => {
  expect(probabilityOfSuperiority([1, 2, 3, 4], [1, 2, 3, 4, 5], 0.95)).toBeUndefined();
});

it.each([0, 1])("covers the truth of normal runs that lie %d sd apart about 95 times in 100", (apart) => {
  const draws = philoxDraws(13, 9);
  const truth = normalCdf(apart / Math.SQRT2);
  const trials = 1500;
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    draws.restart(trial);
    const side = (shift: number) => Array.from({ length: 15 }, () => normalQuantile(draws.next()) + shift);
    const interval = probabilityOfSuperiority(side(apart), side(0), 0.95)?.interval;
    if (interval !== undefined && interval.low <= truth && truth <= interval.high) covered++;
  }
  expect(covered / trials).toBeGreaterThan(0.93);
  expect(covered / trials).toBeLessThan(0.98);
});
