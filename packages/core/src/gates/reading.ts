import type { Metric } from "../documents/evaluation.ts";
import type { Direction, Interval, Slice } from "../documents/fields.ts";
import type { Difference, DifferenceOptions } from "../statistics/difference.ts";
import { probabilityOfSuperiority } from "../statistics/probability-of-superiority.ts";
import { unpairedDifference } from "../statistics/unpaired-difference.ts";
import type { Found } from "./metric-index.ts";
import { statedInterval } from "./rules/stated-interval.ts";
import { withTrainingSd } from "./rules/training-sd.ts";

/** A change as it is asked for; `trainingSd` of one run, in the metric's unit, for a side that has only one. */
export type ChangeOptions = DifferenceOptions & { trainingSd?: number };

/** A change, or the reason code why there is none. */
export type ChangeFound = (Difference & { pSuperior?: { probability: number } }) | { undefined: string };

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
  /** Both sides' units, when they name different ones. */
  units?: { candidate: string; baseline: string };
  target?: number;
  candidate: Value;
  baseline: Value;
  /** Rows behind the candidate's value, when known. */
  n?: number;
  /** The change with its uncertainty; only asked when both sides have a number. */
  difference(options: ChangeOptions): ChangeFound;
  /** How many training runs each side has. */
  runs: { candidate: number; baseline: number };
  /** The interval of the candidate's value at a two-sided level; undefined when nothing is known of its uncertainty. */
  interval(level: number): Interval | undefined;
  /** The rows of the class that the metric is about, when rows tell. */
  support(): number | undefined;
}

/** What is known of a metric before it is compared. */
export type Description = Pick<Reading, "direction" | "unit" | "units" | "target" | "n">;

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
  // Not spread: there may be 100,000, and V8 makes slow objects of wide ones that are.
  const { direction, target, unit, units, n } = describe(mine, theirs);
  const reading: Reading = {
    metric,
    candidate: foundValue(candidate),
    baseline: foundValue(baseline),
    difference: (options) =>
      mine === undefined || theirs === undefined ? { undefined: "absent" } : unpairedChange(mine, theirs, options),
    runs: { candidate: runsOf(mine), baseline: runsOf(theirs) },
    interval: (level) => (mine === undefined ? undefined : statedInterval(mine, level)),
    support: () => undefined,
  };
  if (slice !== undefined) reading.slice = slice;
  if (direction !== undefined) reading.direction = direction;
  if (target !== undefined) reading.target = target;
  if (unit !== undefined) reading.unit = unit;
  if (units !== undefined) reading.units = units;
  if (n !== undefined) reading.n = n;
  return reading;
}

/** How many training runs a metric of a document was measured on. */
function runsOf(metric: Metric | undefined): number {
  return Math.max(1, metric?.repeats?.length ?? 1);
}

function unpairedChange(mine: Metric, theirs: Metric, options: ChangeOptions): ChangeFound {
  const found = unpairedDifference(mine, theirs, options);
  if ("undefined" in found) return found;
  const single = (runsOf(mine) < 2 ? 1 : 0) + (runsOf(theirs) < 2 ? 1 : 0);
  const widened = withTrainingSd(found, options, theirs.value ?? Number.NaN, single);
  const sign = options.direction === "up" ? 1 : -1;
  if (options.direction === "near" || mine.repeats === undefined || theirs.repeats === undefined) return widened;
  const [c, b] = [mine.repeats.map((value) => sign * value), theirs.repeats.map((value) => sign * value)];
  const pSuperior = probabilityOfSuperiority(c, b, options.level);
  return pSuperior === undefined ? widened : { ...widened, pSuperior };
}

/** The baseline's word on direction and target goes first: the candidate could turn a loss into a gain by changing it. */
export function describe(mine: Metric | undefined, theirs: Metric | undefined): Description {
  const direction = theirs?.direction ?? mine?.direction;
  const target = theirs?.target ?? mine?.target;
  const unit = mine?.unit ?? theirs?.unit;
  const found: Description = {};
  if (direction !== undefined) found.direction = direction;
  if (target !== undefined) found.target = target;
  if (unit !== undefined) found.unit = unit;
  if (mine?.unit !== undefined && theirs?.unit !== undefined && mine.unit !== theirs.unit)
    found.units = { candidate: mine.unit, baseline: theirs.unit };
  if (mine?.n !== undefined) found.n = mine.n;
  return found;
}
