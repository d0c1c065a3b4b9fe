import { type Counted, type JointCells, jointCells } from "./joint-cells.ts";

/** So many cells tell two functions of counts apart, if anything does. */
const MOST_PROBES = 64;

/** The pairs with the sides swapped, ascending by what was the second side's cell. */
function swapped({ counts, first, second, n }: JointCells): JointCells {
  const places = Int32Array.from(counts.keys()).sort(
    (i, j) => (second[i] ?? 0) - (second[j] ?? 0) || (first[i] ?? 0) - (first[j] ?? 0),
  );
  return {
    counts: Float64Array.from(places, (i) => counts[i] ?? 0),
    first: places.map((i) => second[i] ?? 0),
    second: places.map((i) => first[i] ?? 0),
    n,
  };
}

/** Which comes first, by the number of pairs and then pair by pair; 0 when they are equal. */
function compare(a: JointCells, b: JointCells): number {
  for (let i = 0; i < a.counts.length; i++) {
    const differs =
      (a.first[i] ?? 0) - (b.first[i] ?? 0) ||
      (a.second[i] ?? 0) - (b.second[i] ?? 0) ||
      (a.counts[i] ?? 0) - (b.counts[i] ?? 0);
    if (differs !== 0) return differs;
  }
  return 0;
}

/** The pairs in an order that does not depend on which side is called the candidate. */
export interface OrderedPairs {
  joint: JointCells;
  /** The candidate is the second side of `joint`. */
  flipped: boolean;
  /** Swapping the sides changes nothing. */
  symmetric: boolean;
}

/**
 * Puts the side with the smaller value first, so that swapped sides are drawn alike; between equal values the one whose table of pairs
 * comes first, then the one whose function gives less for its own cells. Where nothing tells them apart, nothing differs.
 */
export function orderedPairs(candidate: Counted, baseline: Counted): OrderedPairs {
  const joint = jointCells(candidate, baseline);
  if (candidate.value !== baseline.value) {
    const flipped = candidate.value > baseline.value;
    return { joint: flipped ? swapped(joint) : joint, flipped, symmetric: false };
  }
  const other = swapped(joint);
  const sizes = candidate.cells.size - baseline.cells.size;
  const order = sizes || compare(joint, other) || probe(candidate, baseline, joint);
  return { joint: order > 0 ? other : joint, flipped: order > 0, symmetric: order === 0 };
}

/** Tells the two functions of counts apart by what each gives when one cell's rows are left out, over cells of the same numbers. */
function probe(a: Counted, b: Counted, joint: JointCells): number {
  const counts = new Float64Array(a.cells.size);
  joint.first.forEach((cell, pair) => {
    counts[cell] = (counts[cell] ?? 0) + (joint.counts[pair] ?? 0);
  });
  for (let cell = 0; cell < Math.min(counts.length, MOST_PROBES); cell++) {
    const without = counts.slice();
    without[cell] = 0;
    const differs = (a.cells.value(without) ?? -2) - (b.cells.value(without) ?? -2);
    if (differs !== 0) return differs;
  }
  return 0;
}
