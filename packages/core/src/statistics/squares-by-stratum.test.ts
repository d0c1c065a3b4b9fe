import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { squaresByStratum } from "./squares-by-stratum.ts";
import { sumOfSquares } from "./sum.ts";

/** What the sums are, from an array of each stratum's values. */
function apart(values: Float64Array, strata: Uint8Array) {
  return [0, 1].map((stratum) => {
    const own = values.filter((_, i) => strata[i] === stratum);
    return { rows: own.length, squares: sumOfSquares(own) };
  });
}

describe("the squares of two strata", () => {
  it("are those of each stratum's values alone", () => {
    const row = fc.tuple(fc.double({ min: -1e50, max: 1e50, noNaN: true }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const a = Float64Array.from(rows, ([value]) => value);
        const b = a.toReversed();
        const strata = Uint8Array.from(rows, ([, stratum]) => stratum);
        const pairs = a.map((x, i) => 3 * x + -0.5 * (b[i] ?? 0));
        expect(squaresByStratum({ a, byA: 3, b, byB: -0.5 }, strata)).toEqual(apart(pairs, strata));
        expect(squaresByStratum({ a, byA: 1, b: a, byB: 0 }, strata)).toEqual(apart(a, strata));
      }),
    );
  });

  // Whole chunks of 65,536 values end at other rows in each stratum.
  it.each([2, 3, 10, 1_000_000])(
    "are so to the last bit over many chunks, with one of %d rows in the second",
    (one) => {
      const n = 300_000;
      const a = Float64Array.from({ length: n }, (_, i) => Math.sin(i) * 10 ** (i % 7));
      const strata = Uint8Array.from({ length: n }, (_, i) => ((i * 7919) % one === 1 ? 1 : 0));
      expect(squaresByStratum({ a, byA: 1, b: a, byB: 0 }, strata)).toEqual(apart(a, strata));
    },
  );
});
