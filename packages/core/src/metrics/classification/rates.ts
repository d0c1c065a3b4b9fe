import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { measuredByCell, squaresByCell, weightsByCell } from "./by-cell.ts";
import { type Classes, classesOf } from "./classes.ts";

/** A weighted share: value Σw·success / Σw, influence w·(success − value) / Σw within the denominator. Outcomes as in Measured. */
export function rateOf(
  outcomes: Int8Array,
  weights: Float64Array,
  plain: boolean,
  empty: string,
): Measured | Undefined {
  const n = outcomes.length;
  const of = outcomeCells(outcomes);
  const counts = weightsByCell(of, weights, 3, plain);
  const successes = counts[2] ?? 0;
  const trials = (counts[1] ?? 0) + successes;
  if (trials === 0) return { undefined: empty };
  const value = successes / trials;
  const slopes = Float64Array.of(0, -value / trials, (1 - value) / trials);
  const [, failed = 0, held = 0] = plain ? counts : squaresByCell(of, weights, 3);
  const shareOf = (drawn: Float64Array) => {
    const total = (drawn[1] ?? 0) + (drawn[2] ?? 0);
    return total === 0 ? undefined : (drawn[2] ?? 0) / total;
  };
  const measured: Omit<Measured, "influence"> = {
    value,
    n,
    kind: "rate",
    successes,
    trials,
    outcomes,
    support: (trials * trials) / (failed + held),
    oneRow: (failed + held) / (trials * trials),
    ...(plain && { cells: { of, size: 3, slopes, value: shareOf } }),
  };
  return measuredByCell(measured, slopes, of, weights);
}

/** The cell of each outcome: 0 outside of the denominator, 1 a failure, 2 a success. */
function outcomeCells(outcomes: Int8Array): Uint8Array {
  const of = new Uint8Array(outcomes.length);
  for (let i = 0; i < of.length; i++) of[i] = (outcomes[i] ?? -1) + 1;
  return of;
}

/** The share of rows whose prediction equals (or, for `error_rate`, differs from) the label. Equals sklearn's `accuracy_score`. */
export function accuracy(rows: RowTable, at: Int32Array | undefined, right: 0 | 1): Measured | Undefined {
  const classes = classesOf(rows, at);
  if ("undefined" in classes) return classes;
  return rateOf(agreements(classes, right), classes.weights, !rows.columns.has("weight"), "no-rows");
}

/** `right` where label and prediction are the same, and the other of 0 and 1 where they are not; by bits, with no branch to guess. */
function agreements({ truth, predicted }: Classes, right: 0 | 1): Int8Array {
  const outcomes = new Int8Array(truth.length);
  for (let i = 0; i < outcomes.length; i++) {
    const apart = (truth[i] ?? 0) ^ (predicted[i] ?? 0);
    outcomes[i] = right ^ ((apart | -apart) >>> 31);
  }
  return outcomes;
}

/** Jaccard's share pooled over classes: J = a / (2 − a) of the accuracy a. Equals sklearn's `jaccard_score(average="micro")`. */
export function jaccardMicro(rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const share = accuracy(rows, at, 1);
  if ("undefined" in share) return share;
  const { outcomes: _outcomes, cells, ...rest } = share;
  const fromShare = (a: number) => a / (2 - a);
  const slope = 2 / (2 - share.value) ** 2;
  const again = (drawn: Float64Array) => {
    const a = cells?.value(drawn);
    return a === undefined ? undefined : fromShare(a);
  };
  return {
    ...rest,
    kind: "ratio",
    value: fromShare(share.value),
    influence: share.influence.map((d) => d * slope),
    fromShare,
    oneRow: (share.oneRow ?? 0) * slope,
    ...(cells && { cells: { ...cells, slopes: cells.slopes.map((d) => d * slope), value: again } }),
  };
}
