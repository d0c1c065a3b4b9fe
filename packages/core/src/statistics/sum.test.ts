import fc from "fast-check";
import { expect, it } from "vitest";
import { sum, sumOf, sumOfSquaredPairs, sumOfSquares, sumOfSquaresAt } from "./sum.ts";

it("keeps what plain addition loses, within a chunk and across chunks", () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  // A tenth is a little more than 0.1 as a double; plain addition is off by 3e-8 here.
  expect(sum(new Float64Array(1_000_000).fill(0.1))).toBe(100_000);
});

it("is the same for arrays, typed arrays and terms, and of squares", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 })), (values) => {
      const typed = Float64Array.from(values);
      expect(sum(typed)).toBe(sum(values));
      expect(sumOf(values.length, (i) => values[i] ?? 0)).toBe(sum(values));
      expect(sumOfSquares(typed)).toBe(sum(values.map((x) => x * x)));
      const other = typed.toReversed();
      const pairs = typed.map((x, i) => 3 * x + -0.5 * (other[i] ?? 0));
      expect(sumOfSquaredPairs(typed, 3, other, -0.5)).toBe(sumOfSquares(pairs));
    }),
  );
});

it("is the same of the squares of looked-up values, over many chunks too", () => {
  const values = Float64Array.of(0.1, -3e5, 1e-7);
  for (const n of [0, 1, 65_536, 200_001]) {
    const of = Uint8Array.from({ length: n }, (_, i) => (i * 7919) % 3);
    expect(sumOfSquaresAt(values, of)).toBe(sumOfSquares(Float64Array.from(of, (at) => values[at] ?? 0)));
  }
});

it("may be asked for within a term", () => {
  expect(sumOf(3, (i) => sumOf(i + 1, (j) => j))).toBe(4);
});
