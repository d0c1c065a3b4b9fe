import type { Counted } from "../documents/verdict.ts";
import type { Measured } from "../metrics/measured.ts";
import type { CategoryColumn } from "../tables/row-table.ts";
import { gainOf, gainSlopes, lossP } from "./difference/gain.ts";
import { changeOf } from "./difference/sides.ts";
import { type Difference, type DifferenceOptions, SMALLEST_BASELINE } from "./difference.ts";
import { plainTrials } from "./disagreement.ts";
import { probabilityOfSuperiority, type Superiority } from "./probability-of-superiority.ts";
import { studentQuantile } from "./student.ts";
import { sum } from "./sum.ts";
import { tango } from "./tango.ts";
import { spreadOf } from "./variance.ts";
import { satterthwaite, type VariancePart } from "./welch.ts";

/** Several training runs of either side. */
export interface RepeatedDifference extends Difference {
  repeats: { candidate: number; baseline: number };
  /** Whether the spread between training runs was measured on both sides, given by hand where it was not, or is left out. */
  trainingNoise: "measured" | "given" | "not-measured";
  /** P(a run of the candidate is better than one of the baseline), with five runs of either. */
  pSuperior?: Superiority;
}

/** How several runs are compared: as one is, with the units and rows of the tables, and the sd of training when it is known. */
export interface RepeatedOptions extends DifferenceOptions {
  group?: CategoryColumn;
  counted?: Counted;
  at?: Int32Array;
  trainingSd?: number;
  /** The metric's name: where no run and no row differs, a bounded one gets the width that Tango gives, never zero. */
  metric?: string;
}

/**
 * Several training runs of the candidate against several of the baseline, each measured over the same rows in the same order:
 * the difference of the means, whose variance is s_c²/K_c + s_b²/K_b and that of the rows of the seed-averaged difference; degrees of
 * freedom by Welch and Satterthwaite, the rows' counted as infinite. Where a side has one run, its training adds `trainingSd`² (else nothing,
 * and `trainingNoise` says so). Runs without influence values (of a file) have no part for rows.
 */
export function repeatedDifference(
  candidate: readonly Measured[],
  baseline: readonly Measured[],
  options: RepeatedOptions,
): RepeatedDifference | { undefined: string } {
  const { scale, level } = options;
  const [mine, theirs] = [candidate, baseline].map((runs) => runs.map(({ value }) => value));
  if (mine === undefined || theirs === undefined || mine.length === 0 || theirs.length === 0)
    return { undefined: "metric-missing" };
  const c = sum(mine) / mine.length;
  const b = sum(theirs) / theirs.length;
  if (scale === "relative" && b < SMALLEST_BASELINE) return { undefined: "relative-undefined" };
  const change = changeOf(c, b, scale);
  if (!Number.isFinite(change)) return { undefined: "not-finite" };
  const [byC, byB] = scale === "relative" ? [1 / b, -c / b / b] : [1, -1];
  const rows = rowVariance(candidate, baseline, byC, byB, options);
  if (typeof rows !== "number") return rows;
  const training = [trainingPart(mine, byC, options), trainingPart(theirs, byB, options)];
  const parts = [...training.flatMap((part) => (part === undefined ? [] : [part])), known(rows)];
  const stderr = Math.sqrt(sum(parts.map((part) => part.variance)));
  const df = satterthwaite(parts);
  const half =
    stderr === 0 ? alikeHalf(candidate, baseline, byC, options) : studentQuantile((1 + level) / 2, df) * stderr;
  const n = candidate[0]?.n ?? 0;
  const pSuperior = superiority(mine, theirs, options);
  const pLoss = lossOf(candidate, baseline, c, b, { change, stderr, df }, training, options);
  const single = mine.length < 2 || theirs.length < 2;
  return {
    change,
    scale,
    stderr,
    interval: { low: change - half, high: change + half, level, method: "repeats" },
    method: "repeats",
    ...(pLoss !== undefined && { pLoss }),
    runVariance: sum(training.map((part) => part?.variance ?? 0)),
    ...(rows > 0 && n > 0 && { rowSd: Math.sqrt(rows * n), n }),
    ...(options.counted && { counted: options.counted }),
    repeats: { candidate: mine.length, baseline: theirs.length },
    trainingNoise: !single ? "measured" : options.trainingSd === undefined ? "not-measured" : "given",
    ...(pSuperior && { pSuperior }),
  };
}

/** Half the width where nothing varies: that of shares that differ nowhere, 0 for means of row values. */
function alikeHalf(
  candidate: readonly Measured[],
  baseline: readonly Measured[],
  by: number,
  options: RepeatedOptions,
): number {
  const [c, b] = [candidate[0], baseline[0]];
  if (c === undefined || b === undefined || options.metric === undefined) return 0;
  const trials = plainTrials(options.metric, c, b, c.n);
  return trials === undefined ? 0 : tango(0, 0, trials, options.level).high * Math.abs(by);
}

function known(variance: number): VariancePart {
  return { variance, df: Number.POSITIVE_INFINITY };
}

/** The variance of the mean of a side's runs, in the unit of the change; undefined when one run says nothing and no sd is given. */
function trainingPart(
  values: readonly number[],
  by: number,
  { trainingSd }: RepeatedOptions,
): VariancePart | undefined {
  const k = values.length;
  if (k < 2) return trainingSd === undefined ? undefined : known((trainingSd * by) ** 2);
  const mean = sum(values) / k;
  return { variance: ((sum(values.map((x) => (x - mean) ** 2)) / (k - 1)) * by * by) / k, df: k - 1 };
}

/** The variance over rows (or groups) of `byC` times the candidate's mean influence and `byB` times the baseline's. */
function rowVariance(
  candidate: readonly Measured[],
  baseline: readonly Measured[],
  byC: number,
  byB: number,
  { group, at }: RepeatedOptions,
): number | { undefined: string } {
  const runs = [...candidate, ...baseline];
  const n = Math.max(...runs.map(({ influence }) => influence.length));
  if (n === 0) return 0;
  if (runs.some(({ influence }) => influence.length !== n)) return { undefined: "unpaired" };
  const all = new Float64Array(n);
  for (const [side, by] of [[candidate, byC] as const, [baseline, byB] as const]) {
    for (const { influence } of side) {
      for (let i = 0; i < n; i++) all[i] = (all[i] ?? 0) + ((influence[i] ?? 0) * by) / side.length;
    }
  }
  const spread = spreadOf(all, group, at, group === undefined ? candidate[0]?.strata : undefined);
  if (spread === undefined) {
    if (group !== undefined) return { undefined: "too-few-groups" };
    return { undefined: candidate[0]?.strata !== undefined && n >= 2 ? "too-few-of-a-class" : "too-few-rows" };
  }
  return spread.stderr * spread.stderr;
}

/** P of no loss, for `near` from the variance of the gain, whose parts have other signs. */
function lossOf(
  candidate: readonly Measured[],
  baseline: readonly Measured[],
  c: number,
  b: number,
  found: { change: number; stderr: number; df: number },
  training: readonly (VariancePart | undefined)[],
  options: RepeatedOptions,
): number | undefined {
  const slopes = gainSlopes(c, b, options);
  if (slopes === undefined) return undefined;
  if (options.direction !== "near") {
    return lossP(options.direction === "up" ? found.change : -found.change, found.stderr, found.df);
  }
  const unit = options.scale === "relative" ? 1 / b : 1;
  const rows = rowVariance(candidate, baseline, slopes[0] * unit, slopes[1] * unit, options);
  if (typeof rows !== "number") return undefined;
  const parts = [...training.flatMap((part) => (part === undefined ? [] : [part])), known(rows)];
  return lossP(gainOf(c, b, options) * unit, Math.sqrt(sum(parts.map((part) => part.variance))), satterthwaite(parts));
}

function superiority(mine: number[], theirs: number[], { direction, target, level }: RepeatedOptions) {
  if (direction === "near" && target === undefined) return undefined;
  const goodness = (x: number) => (direction === "up" ? x : direction === "down" ? -x : -Math.abs(x - (target ?? 0)));
  return probabilityOfSuperiority(mine.map(goodness), theirs.map(goodness), level);
}
