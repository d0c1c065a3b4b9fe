import type { Slice } from "../documents/fields.ts";
import { cellsThatDiffer } from "../tables/pair.ts";
import { sliceRows } from "../tables/slice-rows.ts";
import { unjudged } from "./draft.ts";
import { missingColumn, type Obstacle, optionsOf } from "./measure.ts";
import type { Found } from "./metric-index.ts";
import type { Question } from "./questions.ts";
import { type Known, type Reading, readAlone, readPaired, readUnpaired } from "./reading.ts";
import { because } from "./reasons.ts";
import { pairedRows, type Scope } from "./scope.ts";

/** The name of a metric on either side; they differ when it was renamed. */
export interface Names {
  metric: string;
  candidate: string;
  baseline: string;
}

/** One slice: its rows and how to read its metric. */
export interface SliceReading {
  slice: Slice;
  n: number | undefined;
  read(): Reading;
}

const absent: Found = { is: "absent" };

/**
 * The slices of a metric by one column: from rows that pair, else from the slice metrics that the evaluations hold, else, for
 * limits only, from the candidate's rows alone. An obstacle when the column is nowhere or the sides disagree about it.
 */
export function sliceReadings(
  names: Names,
  column: string,
  questions: readonly Question[],
  scope: Scope,
  known: Known,
): SliceReading[] | Obstacle {
  const paired = pairedRows(scope);
  const key = `slice:${column}`;
  if (paired?.task.compute.includes(names.candidate) && paired.candidate.columns.get(key)?.type === "category") {
    const differ = paired.baseline.columns.has(key) ? cellsThatDiffer(paired.candidate, paired.baseline, key) : 0;
    if (differ > 0) {
      const text = `${differ} of ${paired.candidate.count} rows lie in another slice of ${column} than in the baseline.`;
      return unjudged("missing", because("slices-differ", text));
    }
    const change = questions.find((question) => question.rule === "no-regression");
    const first =
      change?.rule === "no-regression"
        ? optionsOf(change, scope.level)
        : { scale: "absolute" as const, level: scope.level, direction: "up" as const };
    return [...sliceRows(paired.candidate, column)].map(([value, at]) => {
      const slice = { [column]: value };
      return { slice, n: at.length, read: () => readPaired(names.candidate, { ...paired, at }, known, first, slice) };
    });
  }
  const given = fromEvaluations(names, column, scope);
  if (given.length > 0) return given;
  const { rows, task } = scope.candidate;
  if (rows?.columns.get(key)?.type === "category" && task?.compute.includes(names.candidate)) {
    return [...sliceRows(rows, column)].map(([value, at]) => {
      const slice = { [column]: value };
      return {
        slice,
        n: at.length,
        read: () => readAlone(names.candidate, { candidate: rows, task, at }, known, slice),
      };
    });
  }
  return missingColumn(names.metric, column);
}

function fromEvaluations(names: Names, column: string, scope: Scope): SliceReading[] {
  const mine = scope.candidate.metrics.slices(names.candidate, column);
  const theirs = "missing" in scope.baseline ? undefined : scope.baseline.side.metrics.slices(names.baseline, column);
  const values = new Set([...mine.keys(), ...(theirs?.keys() ?? [])]);
  return [...values].map((value) => {
    const slice = { [column]: value };
    const candidate = mine.get(value) ?? absent;
    const baseline = theirs?.get(value) ?? absent;
    return {
      slice,
      n: smallest([candidate, baseline]),
      read: () => readUnpaired(names.metric, candidate, baseline, slice),
    };
  });
}

function smallest(found: Found[]): number | undefined {
  const sizes = found.flatMap((one) => (one.is === "one" && one.metric.n !== undefined ? [one.metric.n] : []));
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}
