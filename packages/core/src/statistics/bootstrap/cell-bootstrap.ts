import { multinomialDraw } from "../draws/multinomial-draw.ts";
import { philoxDraws } from "../draws/philox.ts";
import type { Counted, JointCells } from "./joint-cells.ts";

/** The values of both sides in each replicate; NaN where a side has none. */
export interface Replicates {
  first: Float64Array;
  second: Float64Array;
}

/** More cells than this, or more draws of a cell in all, are left to the influence values. */
const MOST_CELLS = 5_000;
const MOST_DRAWS = 2e7;

/** Which replicates are drawn, and from which stream of draws. */
export interface Span {
  seed: number;
  stream: number;
  from: number;
  to: number;
}

/** How many replicates an interval of `level` takes for the gate's number of hypotheses: max(9,999, 20·m/α). */
function replicatesFor(level: number, hypotheses: number): number {
  return Math.max(9_999, Math.ceil((20 * hypotheses) / (1 - level) - 1e-9));
}

/** The draws of a cell that all hypotheses of a gate share, and those of one value alone. */
const GATE_DRAWS = 1e8;
const VALUE_DRAWS = 5e5;

/**
 * How many replicates an interval takes first: 9,999 (more for a level above 0.998), fewer with more than 2,000 cells and where
 * many hypotheses meet many cells, at least 1,999.
 */
export function firstReplicates(joint: JointCells, level: number, hypotheses: number): number {
  const affordable = Math.floor(Math.min(MOST_DRAWS, GATE_DRAWS / hypotheses) / joint.counts.length);
  return Math.min(replicatesFor(level, 1), Math.max(1_999, affordable));
}

/** How many replicates a p of loss takes at most: `replicatesFor`, as far as they are worth drawing. */
export function mostReplicates(joint: JointCells, level: number, hypotheses: number): number {
  return Math.min(replicatesFor(level, hypotheses), Math.floor(MOST_DRAWS / joint.counts.length));
}

/** How many replicates the interval of one value takes: 9,999, fewer with more than 50 cells, at least 999. */
export function valueReplicates(joint: JointCells): number {
  return Math.min(9_999, Math.max(999, Math.floor(VALUE_DRAWS / joint.counts.length)));
}

/** Whether `replicates` of these cells are worth drawing. */
export function drawable(joint: JointCells, replicates: number): boolean {
  return joint.counts.length <= MOST_CELLS && joint.counts.length * replicates <= MOST_DRAWS;
}

/**
 * Replicates `from` … `to − 1` of the values of both sides (Efron 1979): the rows drawn with replacement, which is one multinomial draw
 * over the pairs of cells. Paired, since a drawn row counts on both sides. A side without a value in a replicate is NaN there.
 */
export function cellReplicates(
  joint: JointCells,
  sides: readonly [Counted, Counted],
  { seed, stream, from, to }: Span,
): Replicates {
  const draws = philoxDraws(seed, stream);
  const [one, two] = sides;
  const pairs = joint.counts.length;
  const drawn = new Float64Array(pairs);
  const draw = multinomialDraw(joint.counts);
  const ones = new Float64Array(one.cells.size);
  const twos = new Float64Array(two.cells.size);
  const found = { first: new Float64Array(to - from), second: new Float64Array(to - from) };
  for (let replicate = from; replicate < to; replicate++) {
    draws.restart(replicate);
    draw(draws, drawn);
    ones.fill(0);
    twos.fill(0);
    for (let pair = 0; pair < pairs; pair++) {
      const times = drawn[pair] ?? 0;
      const x = joint.first[pair] ?? 0;
      const y = joint.second[pair] ?? 0;
      ones[x] = (ones[x] ?? 0) + times;
      twos[y] = (twos[y] ?? 0) + times;
    }
    found.first[replicate - from] = one.cells.value(ones) ?? Number.NaN;
    found.second[replicate - from] = two.cells.value(twos) ?? Number.NaN;
  }
  return found;
}

/** Replicates of one side alone, `from` … `to − 1`; NaN where it has no value. */
export function singleReplicates(joint: JointCells, side: Counted, span: Span): Float64Array {
  const nothing: Counted = { value: 0, cells: { of: side.cells.of, size: 1, value: () => 0 } };
  return cellReplicates(joint, [side, nothing], span).first;
}
