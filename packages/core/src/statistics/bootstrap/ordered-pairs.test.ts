import fc from "fast-check";
import { expect, it } from "vitest";
import type { Counted } from "./joint-cells.ts";
import { orderedPairs } from "./ordered-pairs.ts";

const share = (cell: number) => (counts: Float64Array) => (counts[cell] ?? 0) / counts.reduce((a, b) => a + b);

function side(of: number[], size: number, cell: number): Counted {
  const cells = { of: Int32Array.from(of), size, value: share(cell) };
  const counts = new Float64Array(size);
  for (const code of of) counts[code] = (counts[code] ?? 0) + 1;
  return { value: cells.value(counts), cells };
}

const sides = fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { minLength: 1, maxLength: 30 }).map((rows) => ({
  a: side(
    rows.map(([x]) => x),
    3,
    1,
  ),
  b: side(
    rows.map(([, y]) => y),
    4,
    2,
  ),
}));

it("pairs of cells come in the same order whichever side is named first", () => {
  fc.assert(
    fc.property(sides, ({ a, b }) => {
      const one = orderedPairs(a, b);
      const other = orderedPairs(b, a);
      expect(other.joint).toEqual(one.joint);
      expect(other.flipped).toBe(!one.flipped);
    }),
  );
});

it("pairs of cells hold every row, and the same for permuted rows", () => {
  fc.assert(
    fc.property(sides, ({ a, b }) => {
      const { joint } = orderedPairs(a, b);
      expect(joint.counts.reduce((x, y) => x + y)).toBe(a.cells.of.length);
      const reversed = ({ value, cells }: Counted) => ({ value, cells: { ...cells, of: cells.of.slice().reverse() } });
      expect(orderedPairs(reversed(a), reversed(b)).joint).toEqual(joint);
    }),
  );
});

it("sides that are alike are symmetric, and sides of other functions are not", () => {
  const rows = [0, 1, 1, 2, 2, 0];
  expect(orderedPairs(side(rows, 3, 1), side(rows, 3, 1)).symmetric).toBe(true);
  // Cells 1 and 2 have two rows each, so both values are a third.
  expect(orderedPairs(side(rows, 3, 1), side(rows, 3, 2)).symmetric).toBe(false);
});
