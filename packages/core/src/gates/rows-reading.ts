import type { RowsTask } from "../documents/evaluation.ts";
import type { Interval, Slice } from "../documents/fields.ts";
import { classOrder } from "../metrics/classification/class-order.ts";
import { classesIn } from "../metrics/classification/classes.ts";
import { measure } from "../metrics/influence.ts";
import { known as knownMetric } from "../metrics/known.ts";
import type { Measured } from "../metrics/measured.ts";
import { type DifferenceOptions, pairedDifference } from "../statistics/difference.ts";
import { repeatedDifference } from "../statistics/repeated-difference.ts";
import { sum } from "../statistics/sum.ts";
import { valueUncertainty } from "../statistics/value-uncertainty.ts";
import { countedUnits, groupOf } from "../statistics/variance.ts";
import type { RowTable } from "../tables/row-table.ts";
import { type ChangeFound, type ChangeOptions, describe, type Known, type Reading, type Value } from "./reading.ts";
import { classSupport } from "./rules/class-support.ts";
import { statedInterval } from "./rules/stated-interval.ts";
import { withTrainingSd } from "./rules/training-sd.ts";

/** What rows a paired comparison uses. `at`: the row indices of a slice; `runs`: the rows of further training runs. */
export interface PairedRows {
  candidate: RowTable;
  baseline: RowTable;
  task: RowsTask;
  at?: Int32Array;
  runs?: { candidate: readonly RowTable[]; baseline: readonly RowTable[] };
}

/** Both sides' values with their change. */
interface Change {
  candidate?: number;
  baseline?: number;
  n: number;
  difference: ChangeFound;
}

/**
 * A reading from rows that pair; unit and direction come from the evaluations' metrics of that name.
 * `first` is the comparison most likely to be asked for: values come from it, and it is made only once.
 */
export function readPaired(
  metric: string,
  rows: PairedRows,
  known: Known,
  first: DifferenceOptions,
  slice?: Slice,
): Reading {
  const { runs = { candidate: [], baseline: [] } } = rows;
  const compare = (options: ChangeOptions) =>
    runs.candidate.length + runs.baseline.length > 0
      ? repeatedChange(metric, rows, runs, options)
      : pairedChange(metric, rows, options);
  const compared = compare(first);
  const why = "undefined" in compared.difference ? compared.difference.undefined : "unknown";
  return {
    metric,
    ...(slice === undefined ? {} : { slice }),
    ...describe(known.candidate, known.baseline),
    candidate: number(compared.candidate, why),
    baseline: number(compared.baseline, why),
    n: compared.n,
    difference: (options) => (sameOptions(options, first) ? compared : compare(options)).difference,
    runs: { candidate: 1 + runs.candidate.length, baseline: 1 + runs.baseline.length },
    interval: (level) =>
      slice === undefined && known.candidate !== undefined && runs.candidate.length > 0
        ? statedInterval(known.candidate, level)
        : intervalOf(metric, rows, level, first.seed),
    support: () => classSupport(metric, rows.candidate, rows.task, rows.at),
  };
}

/** A reading of the candidate's rows alone, for limits in slices when there is no baseline. */
export function readAlone(metric: string, rows: Omit<PairedRows, "baseline">, known: Known, slice: Slice): Reading {
  const first: DifferenceOptions = { scale: "absolute", level: 0.95, direction: "up" };
  const both = readPaired(metric, { ...rows, baseline: rows.candidate }, known, first, slice);
  return { ...both, baseline: { is: "absent" }, difference: () => ({ undefined: "absent" }) };
}

function pairedChange(metric: string, { candidate, baseline, task, at }: PairedRows, options: ChangeOptions): Change {
  const found = pairedDifference(metric, candidate, baseline, task, { ...options, ...(at && { at }) });
  if ("undefined" in found.difference) return { ...found, difference: found.difference };
  const difference = withTrainingSd(found.difference, options, found.baseline ?? Number.NaN, 2);
  return { ...found, difference };
}

/** The runs of both sides, each side's value their mean. */
function repeatedChange(
  metric: string,
  { candidate, baseline, task, at }: PairedRows,
  runs: NonNullable<PairedRows["runs"]>,
  options: ChangeOptions,
): Change {
  const sides = [
    [candidate, ...runs.candidate],
    [baseline, ...runs.baseline],
  ];
  const shared = { classes: classOrder(sides.flat().flatMap((table) => [...classesIn(table)])) };
  const n = at?.length ?? candidate.count;
  const measured: Measured[][] = [];
  for (const side of sides) {
    const values: Measured[] = [];
    for (const table of side) {
      const found = measure(metric, table, task, at, shared);
      if ("undefined" in found) return { n, difference: found };
      values.push(found);
    }
    measured.push(values);
  }
  const [mine = [], theirs = []] = measured;
  const group = groupOf(candidate);
  const counted = countedUnits(candidate, at);
  const difference = repeatedDifference(mine, theirs, {
    ...options,
    metric,
    ...(group && { group }),
    ...(counted && { counted }),
    ...(at && { at }),
  });
  return { n, candidate: meanOf(mine), baseline: meanOf(theirs), difference };
}

function meanOf(runs: readonly Measured[]): number {
  return sum(runs.map(({ value }) => value)) / runs.length;
}

function intervalOf(
  metric: string,
  { candidate, task, at }: PairedRows,
  level: number,
  seed: number | undefined,
): Interval | undefined {
  const about = knownMetric(metric);
  const measured = measure(metric, candidate, task, at);
  if (about === undefined || "undefined" in measured) return undefined;
  const options = { level, ...(at && { at }), ...(seed === undefined ? {} : { seed }) };
  return valueUncertainty(measured, about, candidate, options).interval;
}

function sameOptions(a: ChangeOptions, b: ChangeOptions): boolean {
  return (
    a.scale === b.scale &&
    a.level === b.level &&
    a.direction === b.direction &&
    a.target === b.target &&
    a.hypotheses === b.hypotheses &&
    a.trainingSd === b.trainingSd
  );
}

function number(value: number | undefined, why: string): Value {
  if (value === undefined) return { is: "undefined", why };
  return Number.isFinite(value) ? { is: "number", value } : { is: "undefined", why: "not-finite" };
}
