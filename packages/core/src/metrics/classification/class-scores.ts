import { allFinite } from "../../statistics/all-finite.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { categoriesOf, numbersOf, weightsOf } from "../columns.ts";
import type { Undefined } from "../measured.ts";
import { remembered } from "../remembered.ts";
import { classOrder } from "./class-order.ts";

/** The scores of every class for each row, the classes in order, with each row's true class as a place in them. */
export interface ClassScores {
  names: readonly string[];
  scores: readonly Float64Array[];
  truth: Int32Array;
  weights: Float64Array;
}

const PREFIX = "score:";
const kept = remembered<ClassScores | Undefined>();
const judged = new WeakMap<ClassScores, boolean>();

/** Reads the columns `score:CLASS` beside the labels, or says why they are none. The same object for the same rows. */
export function classScoresOf(rows: RowTable, at: Int32Array | undefined): ClassScores | Undefined {
  return kept(rows, at, "", () => read(rows, at));
}

function read(rows: RowTable, at: Int32Array | undefined): ClassScores | Undefined {
  const label = categoriesOf(rows, "label", at);
  if ("undefined" in label) return label;
  const weights = weightsOf(rows, at);
  if ("undefined" in weights) return weights;
  if (weights.length === 0) return { undefined: "no-rows" };
  const columns = [...rows.columns.keys()].filter((name) => name.startsWith(PREFIX));
  const names = classOrder(columns.map((name) => name.slice(PREFIX.length)));
  if (names.length === 0) return { undefined: "no-score" };
  const scores: Float64Array[] = [];
  for (const name of names) {
    const column = numbersOf(rows, PREFIX + name, at);
    if ("undefined" in column) return { undefined: "score-not-numeric" };
    if (!allFinite(column)) return { undefined: "score-not-finite" };
    scores.push(column);
  }
  const place = new Map(names.map((name, k) => [name, k]));
  const moved = Int32Array.from(label.names, (name) => place.get(name) ?? -1);
  const truth = new Int32Array(label.codes.length);
  for (let i = 0; i < truth.length; i++) {
    const k = moved[label.codes[i] ?? -1] ?? -1;
    if (k < 0) return { undefined: "no-score" };
    truth[i] = k;
  }
  return { names, scores, truth, weights };
}

/** How far the scores of a row may be from adding up to 1: what a table of rounded single-precision numbers may have. */
const TOLERANCE = 1e-4;

/** Whether every score is within 0 and 1 and those of each row add up to 1 within 10⁻⁴. They are used as given, not scaled. */
export function areDistributions(classScores: ClassScores): boolean {
  const before = judged.get(classScores);
  if (before !== undefined) return before;
  const totals = new Float64Array(classScores.truth.length);
  let good = true;
  for (const scores of classScores.scores) {
    for (let i = 0; i < totals.length; i++) {
      const p = scores[i] ?? 0;
      if (!(p >= 0 && p <= 1)) good = false;
      totals[i] = (totals[i] ?? 0) + p;
    }
  }
  for (const total of totals) if (Math.abs(total - 1) > TOLERANCE) good = false;
  judged.set(classScores, good);
  return good;
}
