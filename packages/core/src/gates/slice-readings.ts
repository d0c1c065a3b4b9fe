import type { Slice } from "../documents/fields.ts";
import { cellsThatDiffer } from "../tables/pair.ts";
import type { RowTable } from "../tables/row-table.ts";
import { unjudged } from "./draft.ts";
import { missingColumn, type Obstacle, optionsOf } from "./measure.ts";
import { type Found, sliceKey } from "./metric-index.ts";
import { isChange, type Question } from "./questions.ts";
import { type Known, type Reading, readUnpaired } from "./reading.ts";
import { because } from "./reasons.ts";
import { readAlone, readPaired } from "./rows-reading.ts";
import { pairedRows, type Scope } from "./scope.ts";
import { hasColumns, rowsOfSlices } from "./slice-columns.ts";

/** The name of a metric on either side; they differ when it was renamed. */
export interface Names {
  metric: string;
  candidate: string;
  baseline: string;
}

/**
 * One slice: its rows and how to read its metric. `n`: the larger count of both sides, so that a candidate that dropped rows does not take a slice out
 * of judgement; undefined when the baseline has the slice and does not count it. `candidateRows`: what the candidate's document counts.
 */
export interface SliceReading {
  slice: Slice;
  n: number | undefined;
  candidateRows?: number;
  read(): Reading;
}

const absent: Found = { is: "absent" };

/**
 * The slices of a metric by one column, or by several together: from rows that pair, else from the slice metrics that the evaluations hold,
 * else, for limits only, from the candidate's rows alone. An obstacle when a column is nowhere or the sides disagree about it.
 */
export function sliceReadings(
  names: Names,
  columns: readonly string[],
  questions: readonly Question[],
  scope: Scope,
  known: Known,
): SliceReading[] | Obstacle {
  const paired = pairedRows(scope);
  if (paired?.task.compute.includes(names.candidate) && hasColumns(paired.candidate, columns)) {
    for (const column of columns) {
      const key = `slice:${column}`;
      const differ = paired.baseline.columns.has(key) ? cellsThatDiffer(paired.candidate, paired.baseline, key) : 0;
      if (differ === 0) continue;
      const text = `${differ} of ${paired.candidate.count} rows lie in another slice of ${column} than in the baseline.`;
      return unjudged("missing", because("slices-differ", text));
    }
    const slices = slicesOfPaired(paired.candidate, columns, scope);
    const change = questions.find(isChange);
    const first =
      change === undefined
        ? { scale: "absolute" as const, level: scope.level, direction: "up" as const, seed: scope.seed }
        : optionsOf(change, scope, slices.length);
    return slices.map(({ slice, at, n }) => ({
      slice,
      n,
      candidateRows: at.length,
      read: () => readPaired(names.candidate, { ...paired, at }, known, first, slice),
    }));
  }
  const given = fromEvaluations(names, columns, scope);
  if (given.length > 0) return given;
  const { rows, task } = scope.candidate;
  if (rows !== undefined && hasColumns(rows, columns) && task?.compute.includes(names.candidate)) {
    return rowsOfSlices(rows, columns).map(({ slice, at }) => ({
      slice,
      n: at.length,
      read: () => readAlone(names.candidate, { candidate: rows, task, at }, known, slice),
    }));
  }
  return missingColumn(names.metric, columns.join(" and "));
}

/** The slices of rows that pair. Where only common rows do, `n` counts what the baseline has, so that dropped rows take no slice out of judgement. */
function slicesOfPaired(
  candidate: RowTable,
  columns: readonly string[],
  { baseline }: Scope,
): { slice: Slice; at: Int32Array; n: number }[] {
  const found = rowsOfSlices(candidate, columns).map(({ slice, at }) => ({ slice, at, n: at.length }));
  const whole = "side" in baseline ? baseline.side.rows : undefined;
  if (whole === undefined || whole.count <= candidate.count || !hasColumns(whole, columns)) return found;
  const common = new Map(found.map((one) => [sliceKey(one.slice, columns), one.at]));
  return rowsOfSlices(whole, columns).map(({ slice, at }) => ({
    slice,
    at: common.get(sliceKey(slice, columns)) ?? new Int32Array(0),
    n: at.length,
  }));
}

function fromEvaluations(names: Names, columns: readonly string[], scope: Scope): SliceReading[] {
  const mine = scope.candidate.metrics.slices(names.candidate, columns);
  const theirs = "missing" in scope.baseline ? undefined : scope.baseline.side.metrics.slices(names.baseline, columns);
  const slices = new Map([...mine, ...(theirs ?? [])]);
  return [...slices].map(([key, found]) => {
    const slice = Object.fromEntries(columns.map((column) => [column, found.slice[column] ?? ""]));
    const candidate = mine.get(key)?.found ?? absent;
    const baseline = theirs?.get(key)?.found ?? absent;
    const [own, before] = [rowsOf(candidate), rowsOf(baseline)];
    return {
      slice,
      n: baseline.is === "absent" ? own : before && Math.max(own ?? 0, before),
      ...(own === undefined ? {} : { candidateRows: own }),
      read: () => readUnpaired(names.metric, candidate, baseline, slice),
    };
  });
}

function rowsOf(found: Found): number | undefined {
  return found.is === "one" ? found.metric.n : undefined;
}
