import { cellReplicates, drawable, firstReplicates, mostReplicates } from "../bootstrap/cell-bootstrap.ts";
import type { Counted, JointCells } from "../bootstrap/joint-cells.ts";
import { orderedPairs } from "../bootstrap/ordered-pairs.ts";
import type { DifferenceFound } from "../difference.ts";
import { sumOf } from "../sum.ts";
import { rowSpread } from "../variance.ts";
import { byFewDiffering, changeSlopes, differingUnits, studentP, type UnitDifferences } from "./few-differing.ts";
import { fromReplicates } from "./from-replicates.ts";
import type { Sides } from "./sides.ts";

/** The stream of the cell bootstrap. */
const STREAM = 1;

/**
 * Metrics of counts over plain rows, where many rows tell the sides apart: the bootstrap of the pairs of cells, with 9,999 replicates, and
 * more for the p of loss where a gate has many hypotheses, which then is Student's where that is larger. Undefined for other metrics, and
 * where the pairs are too many to draw.
 */
export function byCells(sides: Sides): DifferenceFound | undefined {
  const { cells: mine } = sides.candidate;
  const { cells: theirs } = sides.baseline;
  if (!sides.plain || mine === undefined || theirs === undefined) return undefined;
  const candidate: Counted = { value: sides.candidate.value, cells: mine };
  const baseline: Counted = { value: sides.baseline.value, cells: theirs };
  const { joint, flipped, symmetric } = orderedPairs(candidate, baseline);
  const differences = ofCells(joint, flipped ? [theirs.slopes, mine.slopes] : [mine.slopes, theirs.slopes], flipped);
  const spread = differences.spread(...changeSlopes(sides));
  const fewDiffer = spread && byFewDiffering(sides, spread, differences);
  if (fewDiffer !== undefined) return fewDiffer;
  const { level, hypotheses = 1, seed = 1 } = sides.options;
  const few = firstReplicates(joint, level, hypotheses);
  if (!drawable(joint, few)) return undefined;
  const draw = (from: number, to: number) => {
    const order = flipped ? ([baseline, candidate] as const) : ([candidate, baseline] as const);
    const { first, second } = cellReplicates(joint, order, { seed, stream: STREAM, from, to });
    return flipped ? { candidate: second, baseline: first } : { candidate: first, baseline: second };
  };
  const many = mostReplicates(joint, level, hypotheses);
  const more = many > few ? { more: () => draw(few, many) } : {};
  const found = fromReplicates(sides, draw(0, few), { method: "cell-bootstrap", units: joint.n, symmetric, ...more });
  if (hypotheses === 1 || spread === undefined || "undefined" in found || found.pLoss === undefined) return found;
  // Among many hypotheses it is the far tail that decides, and there a bootstrap is surer than the rows that differ allow.
  const p = studentP(sides, spread, differences, differingUnits(sides, spread, differences));
  return { ...found, pLoss: Math.max(found.pLoss, p ?? 0) };
}

/** The rows' differences from the influence of a row of each cell; those of a pair of cells are alike. */
function ofCells(
  { counts, first, second, n }: JointCells,
  [ones, twos]: readonly [Float64Array, Float64Array],
  flipped: boolean,
): UnitDifferences {
  const sumOver = (byA: number, byB: number, power: 2 | 4) =>
    sumOf(counts.length, (pair) => {
      const one = ones[first[pair] ?? -1] ?? 0;
      const two = twos[second[pair] ?? -1] ?? 0;
      const d = flipped ? byA * two + byB * one : byA * one + byB * two;
      return (counts[pair] ?? 0) * (power === 2 ? d * d : d * d * (d * d));
    });
  return {
    spread: (byA, byB) => rowSpread(sumOver(byA, byB, 2), n),
    fourth: (byA, byB) => sumOver(byA, byB, 4),
  };
}
