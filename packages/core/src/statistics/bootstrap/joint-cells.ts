import type { CellOfRow, Measured } from "../../metrics/measured.ts";

/** A measured metric of counts. */
export type Counted = Pick<Measured, "value"> & { cells: Omit<NonNullable<Measured["cells"]>, "slopes"> };

/** The rows counted by the pair of cells that two sides put them in; each pair occurs at least once. */
export interface JointCells {
  counts: Float64Array;
  /** The cells of each pair. */
  first: Int32Array;
  second: Int32Array;
  n: number;
}

/** Above this many possible pairs they are counted in a map. */
const DENSE = 1 << 20;

/** The pairs of cells of the same rows, ascending by the first side's cell and then the second's. */
export function jointCells(first: Counted, second: Counted): JointCells {
  const { size } = second.cells;
  const [codes, counts] = pairCounts(first.cells.of, second.cells.of, first.cells.size, size);
  return {
    counts,
    first: Int32Array.from(codes, (code) => Math.floor(code / size)),
    second: Int32Array.from(codes, (code) => code % size),
    n: first.cells.of.length,
  };
}

/** The cells of one side alone. */
export function singleCells(side: Counted): JointCells {
  const { of } = side.cells;
  const [codes, counts] = pairCounts(of, new Uint8Array(of.length), side.cells.size, 1);
  const cells = Int32Array.from(codes);
  return { counts, first: cells, second: new Int32Array(cells.length), n: of.length };
}

/** The codes a·size + b that occur, ascending, and how often. */
function pairCounts(a: CellOfRow, b: CellOfRow, sizeA: number, size: number): [Float64Array, Float64Array] {
  if (sizeA * size > DENSE) {
    const counted = new Map<number, number>();
    for (let i = 0; i < a.length; i++) {
      const code = (a[i] ?? 0) * size + (b[i] ?? 0);
      counted.set(code, (counted.get(code) ?? 0) + 1);
    }
    const codes = Float64Array.from(counted.keys()).sort();
    return [codes, codes.map((code) => counted.get(code) ?? 0)];
  }
  const dense = countsByCode(a, b, sizeA, size);
  const codes = Float64Array.from(dense.keys()).filter((code) => (dense[code] ?? 0) > 0);
  return [codes, codes.map((code) => dense[code] ?? 0)];
}

function countsByCode(a: CellOfRow, b: CellOfRow, sizeA: number, size: number): Int32Array {
  const counts = new Int32Array(sizeA * size);
  for (let i = 0; i < a.length; i++) {
    const code = (a[i] ?? 0) * size + (b[i] ?? 0);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
