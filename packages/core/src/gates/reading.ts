import type { Metric, RowsTask } from "../documents/evaluation.ts";
import type { Direction, Slice } from "../documents/fields.ts";
import { type DifferenceFound, type DifferenceOptions, pairedDifference } from "../statistics/difference.ts";
import { unpairedDifference } from "../statistics/unpaired-difference.ts";
import type { RowTable } from "../tables/row-table.ts";
import type { Found } from "./metric-index.ts";

/** One side's value of a metric, or why there is none. */
export type Value =
  | { is: "number"; value: number }
  | { is: "undefined"; why: string }
  | { is: "absent" }
  | { is: "ambiguous"; times: number };

/** A metric, overall or in one slice, as both sides have it. */
export interface Reading {
  metric: string;
  slice?: Slice;
  direction?: Direction;
  unit?: string;
  target?: number;
  candidate: Value;
  baseline: Value;
  /** Rows behind the candidate's value, when known. */
  n?: number;
  /** The change with its uncertainty; only asked when both sides have a number. */
  difference(options: DifferenceOptions): DifferenceFound;
}

/** What is known of a metric before it is compared. */
export type Description = Pick<Reading, "direction" | "unit" | "target" | "n">;

/** What rows a paired comparison uses. `at`: the row indices of a slice. */
export interface PairedRows {
  candidate: RowTable;
  baseline: RowTable;
  task: RowsTask;
  at?: Int32Array;
}

/** What the evaluations say about a metric. */
export interface Known {
  candidate: Metric | undefined;
  baseline: Metric | undefined;
}

/** The value of a metric that was looked up. */
export function foundValue(found: Found): Value {
  if (found.is !== "one") return found;
  return measuredValue(found.metric);
}

function measuredValue({ value, undefined: why }: Metric): Value {
  if (value !== undefined && Number.isFinite(value)) return { is: "number", value };
  return { is: "undefined", why: value === undefined ? (why ?? "unknown") : "not-finite" };
}

/** A reading from the metrics that both evaluations hold: unpaired. */
export function readUnpaired(metric: string, candidate: Found, baseline: Found, slice?: Slice): Reading {
  const mine = candidate.is === "one" ? candidate.metric : undefined;
  const theirs = baseline.is === "one" ? baseline.metric : undefined;
  return {
    metric,
    ...(slice === undefined ? {} : { slice }),
    ...describe(mine, theirs),
    candidate: foundValue(candidate),
    baseline: foundValue(baseline),
    difference: (options) =>
      mine === undefined || theirs === undefined ? { undefined: "absent" } : unpairedDifference(mine, theirs, options),
  };
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
  const at = rows.at === undefined ? {} : { at: rows.at };
  const compare = (options: DifferenceOptions) =>
    pairedDifference(metric, rows.candidate, rows.baseline, rows.task, { ...options, ...at });
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
  };
}

/** A reading of the candidate's rows alone, for limits in slices when there is no baseline. */
export function readAlone(metric: string, rows: Omit<PairedRows, "baseline">, known: Known, slice: Slice): Reading {
  const first: DifferenceOptions = { scale: "absolute", level: 0.95, direction: "up" };
  const both = readPaired(metric, { ...rows, baseline: rows.candidate }, known, first, slice);
  return { ...both, baseline: { is: "absent" }, difference: () => ({ undefined: "absent" }) };
}

function sameOptions(a: DifferenceOptions, b: DifferenceOptions): boolean {
  return a.scale === b.scale && a.level === b.level && a.direction === b.direction && a.target === b.target;
}

function number(value: number | undefined, why: string): Value {
  if (value === undefined) return { is: "undefined", why };
  return Number.isFinite(value) ? { is: "number", value } : { is: "undefined", why: "not-finite" };
}

/** The baseline's word on direction and target goes first: the candidate could turn a loss into a gain by changing it. */
export function describe(mine: Metric | undefined, theirs: Metric | undefined): Description {
  const direction = theirs?.direction ?? mine?.direction;
  const target = theirs?.target ?? mine?.target;
  const unit = mine?.unit ?? theirs?.unit;
  return {
    ...(direction === undefined ? {} : { direction }),
    ...(target === undefined ? {} : { target }),
    ...(unit === undefined ? {} : { unit }),
    ...(mine?.n === undefined ? {} : { n: mine.n }),
  };
}
