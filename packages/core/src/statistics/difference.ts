import type { RowsTask } from "../documents/evaluation.ts";
import type { Interval } from "../documents/fields.ts";
import type { Counted } from "../documents/verdict.ts";
import { classOrder } from "../metrics/classification/class-order.ts";
import { classesIn } from "../metrics/classification/classes.ts";
import { measure } from "../metrics/influence.ts";
import type { RowTable } from "../tables/row-table.ts";
import { byCells } from "./difference/by-cells.ts";
import { byInfluence } from "./difference/by-influence.ts";
import { byRows } from "./difference/by-rows.ts";
import { byTango } from "./difference/by-tango.ts";
import { signChance } from "./difference/few-differing.ts";
import type { Sides } from "./difference/sides.ts";
import { plainTrials } from "./disagreement.ts";
import { isLowN } from "./low-n.ts";
import { countedUnits, groupOf } from "./variance.ts";

/** Candidate against baseline for one metric. */
export interface Difference {
  /** Candidate − baseline in raw units, or the ratio − 1 with scale `relative`. */
  change: number;
  scale: "absolute" | "relative";
  stderr?: number;
  interval?: Interval;
  method: string;
  /** One-sided p of H0 "no loss", small when the candidate is really worse. */
  pLoss?: number;
  /** The sd of one row's difference, in the unit of `change`. */
  rowSd?: number;
  n?: number;
  /** The independent units, when they are not the rows. */
  counted?: Counted;
  /** The part of `stderr`², in the unit of `change`, that more rows do not reduce: the noise between runs. */
  runVariance?: number;
  /** The one side that gives no uncertainty, where the other does. */
  bare?: "candidate" | "baseline";
  /** So few rows or other units (below 30, or below 10 of a class) that an interval may be too narrow. */
  lowN?: true;
  /**
   * Where few units tell the sides apart, and the interval allows for it: how many do (effective ones), what one more of them makes of
   * `change`, and for an area of ranks what one row of its rarer class can make of it at the most.
   */
  few?: { differing: number; step: number; one?: number };
}

/** A difference, or the reason code why there is none. */
export type DifferenceFound = Difference | { undefined: string };

/**
 * How the difference is asked for: `level` of the two-sided interval, and which way is good (`near` its `target`).
 * `hypotheses`: how many differences the gate tests at once (1), for the resolution of a bootstrap's p; `seed`: of its draws (1).
 */
export interface DifferenceOptions {
  scale: "absolute" | "relative";
  level: number;
  direction: "up" | "down" | "near";
  target?: number;
  hypotheses?: number;
  seed?: number;
}

/** A baseline below this has no share that could be lost. */
export const SMALLEST_BASELINE = 1e-12;

/**
 * Candidate against baseline over the same rows (paired by id, in the same order; those of `at` when given), which share the classes of both tables.
 * Shares of the same rows: Tango's score interval (1998). Other metrics of counts and of ranks, where fewer than 30 rows tell the sides apart: a
 * score interval of the same kind. Other metrics of counts, over rows without weights and groups: the bootstrap of the joint cells. Metrics without influence values: the bootstrap of rows. Everything else: the difference of the influence values
 * with Student's t (df n − 1, or groups − 1). Where nothing differs, the width that Tango gives, never zero.
 */
export function pairedDifference(
  metric: string,
  candidate: RowTable,
  baseline: RowTable,
  task: RowsTask,
  options: DifferenceOptions & { at?: Int32Array },
): { candidate?: number; baseline?: number; n: number; difference: DifferenceFound } {
  const n = options.at?.length ?? candidate.count;
  const shared = { classes: classOrder([...classesIn(candidate), ...classesIn(baseline)]) };
  const c = measure(metric, candidate, task, options.at, shared);
  const b = measure(metric, baseline, task, options.at, shared);
  const values = {
    ...("undefined" in c ? {} : { candidate: c.value }),
    ...("undefined" in b ? {} : { baseline: b.value }),
    n,
  };
  if ("undefined" in c) return { ...values, difference: { undefined: c.undefined } };
  if ("undefined" in b) return { ...values, difference: { undefined: b.undefined } };
  const group = groupOf(candidate);
  const plain = group === undefined && !candidate.columns.has("weight");
  const counted = countedUnits(candidate, options.at);
  return { ...values, difference: differenceOf({ metric, candidate: c, baseline: b, group, plain, options }, counted) };
}

/** So few rows, or groups of them, that the chance that all differ one way is more than the level allows: of counts and of ranks they show nothing. */
function tooFew({ metric, candidate, baseline, group, options }: Sides, counted: Counted | undefined) {
  const units = counted?.n ?? candidate.n;
  const rows = plainTrials(metric, candidate, baseline, units) === undefined;
  if (rows || signChance(units) <= (1 - options.level) / 2) return undefined;
  return { undefined: group === undefined ? "too-few-rows" : "too-few-groups" };
}

function differenceOf(sides: Sides, counted: Counted | undefined): DifferenceFound {
  const { candidate, baseline, plain, options } = sides;
  if (options.scale === "relative" && baseline.value < SMALLEST_BASELINE) return { undefined: "relative-undefined" };
  const found = byTango(sides) ?? tooFew(sides, counted) ?? byCells(sides) ?? byRows(sides) ?? byInfluence(sides);
  if ("undefined" in found) {
    // Two rows of a class are needed where each class has its own variance.
    const ofClass = plain && candidate.strata !== undefined && candidate.n >= 2 && found.undefined === "too-few-rows";
    return ofClass ? { undefined: "too-few-of-a-class" } : found;
  }
  const few = isLowN(candidate, counted?.n) || isLowN(baseline, counted?.n);
  return { ...found, ...(counted && { counted }), ...(few && { lowN: true }) };
}
