import type { Metric, RowsTask } from "../documents/evaluation.ts";
import type { Interval } from "../documents/fields.ts";
import { measure } from "../metrics/influence.ts";
import type { Measured } from "../metrics/measured.ts";
import type { RowTable } from "../tables/row-table.ts";
import { disagreement, plainTrials } from "./disagreement.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { errorOf } from "./reported-error.ts";
import { studentCdf, studentQuantile } from "./student.ts";
import { mcnemarZ, tango } from "./tango.ts";
import { groupOf, spreadOf } from "./variance.ts";

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
}

/** A difference, or the reason code why there is none. */
export type DifferenceFound = Difference | { undefined: string };

/** How the difference is asked for: `level` of the two-sided interval, and which way is good (`near` its `target`). */
export interface DifferenceOptions {
  scale: "absolute" | "relative";
  level: number;
  direction: "up" | "down" | "near";
  target?: number;
}

/** A baseline below this has no share that could be lost. */
const SMALLEST_BASELINE = 1e-12;

/** How much the gain grows with the candidate's and with the baseline's value; undefined when nothing is better. */
function gainSlopes(
  candidate: number,
  baseline: number,
  { direction, target }: DifferenceOptions,
): [number, number] | undefined {
  if (direction !== "near") return direction === "up" ? [1, -1] : [-1, 1];
  if (target === undefined) return undefined;
  return [candidate < target ? 1 : -1, baseline < target ? -1 : 1];
}

/** How much better the candidate is, in the metric's unit; negative when worse. */
function gainOf(candidate: number, baseline: number, { direction, target }: DifferenceOptions): number {
  if (direction !== "near") return direction === "up" ? candidate - baseline : baseline - candidate;
  return target === undefined ? 0 : Math.abs(baseline - target) - Math.abs(candidate - target);
}

/** P(no loss looks this bad), from a gain with its standard error; certain where nothing varies. */
function lossP(gain: number, stderr: number, df: number): number {
  if (stderr > 0) return studentCdf(gain / stderr, df);
  return gain < 0 ? 0 : gain > 0 ? 1 : 0.5;
}

/**
 * Candidate against baseline over the same rows (paired by id, in the same order; those of `at` when given).
 * Shares of the same rows: Tango's score interval (1998). Everything else: the difference of the influence values with Student's t
 * (df n − 1, or groups − 1), and for shares that differ nowhere the width that Tango gives, never zero.
 */
export function pairedDifference(
  metric: string,
  candidate: RowTable,
  baseline: RowTable,
  task: RowsTask,
  options: DifferenceOptions & { at?: Int32Array },
): { candidate?: number; baseline?: number; n: number; difference: DifferenceFound } {
  const n = options.at?.length ?? candidate.count;
  const c = measure(metric, candidate, task, options.at);
  const b = measure(metric, baseline, task, options.at);
  const values = {
    ...("undefined" in c ? {} : { candidate: c.value }),
    ...("undefined" in b ? {} : { baseline: b.value }),
    n,
  };
  if ("undefined" in c) return { ...values, difference: { undefined: c.undefined } };
  if ("undefined" in b) return { ...values, difference: { undefined: b.undefined } };
  return { ...values, difference: differenceOf(metric, c, b, candidate, options) };
}

function differenceOf(
  metric: string,
  c: Measured,
  b: Measured,
  rows: RowTable,
  options: DifferenceOptions & { at?: Int32Array },
): DifferenceFound {
  const { scale, level, at } = options;
  if (scale === "relative" && b.value < SMALLEST_BASELINE) return { undefined: "relative-undefined" };
  const ratio = c.value / b.value;
  const unit = scale === "relative" ? 1 / b.value : 1;
  const change = scale === "relative" ? ratio - 1 : c.value - b.value;
  const slopes = gainSlopes(c.value, b.value, options);
  const group = groupOf(rows);
  const { n } = c;

  const plain = rows.columns.has("weight") || group !== undefined ? undefined : disagreement(c, b);
  if (plain !== undefined && scale === "absolute" && options.direction !== "near") {
    const method = c.fixedThreshold === true ? "tango-fixed-threshold" : "tango";
    const interval = { ...tango(plain.gained, plain.lost, plain.n, level), method };
    const z = mcnemarZ(plain.gained, plain.lost);
    const stderr = (interval.high - interval.low) / (2 * normalQuantile((1 + level) / 2));
    const pLoss = normalCdf(options.direction === "up" ? z : -z);
    return { change, scale, stderr, interval, method, pLoss, rowSd: stderr * Math.sqrt(n), n };
  }

  const shift = c.influence.map((d, i) =>
    scale === "relative" ? (d - ratio * (b.influence[i] ?? 0)) / b.value : d - (b.influence[i] ?? 0),
  );
  const spread = spreadOf(shift, group, at);
  if (spread === undefined) return { undefined: group === undefined ? "too-few-rows" : "too-few-groups" };
  const method = c.fixedThreshold === true ? "paired-influence-fixed-threshold" : "paired-influence";
  const trials = spread.stderr === 0 ? plainTrials(metric, c, b, spread.units) : undefined;
  if (trials !== undefined) {
    const alike = tango(0, 0, trials, level);
    const interval = { low: change + alike.low * unit, high: change + alike.high * unit, level, method: "tango" };
    const stderr = (interval.high - interval.low) / (2 * normalQuantile((1 + level) / 2));
    const pLoss = slopes && {
      pLoss: lossP(gainOf(c.value, b.value, options) * unit, stderr, Number.POSITIVE_INFINITY),
    };
    return { change, scale, stderr, interval, method: "tango", ...pLoss, rowSd: stderr * Math.sqrt(n), n };
  }
  const half = studentQuantile((1 + level) / 2, spread.df) * spread.stderr;
  const interval = { low: change - half, high: change + half, level, method };
  let pLoss: { pLoss: number } | undefined;
  if (slopes !== undefined) {
    const gain = c.influence.map((d, i) => slopes[0] * d + slopes[1] * (b.influence[i] ?? 0));
    const gainSpread = spreadOf(gain, group, at) ?? spread;
    const relative = scale === "relative" && options.direction !== "near";
    const p = relative
      ? lossP(options.direction === "up" ? change : -change, spread.stderr, spread.df)
      : lossP(gainOf(c.value, b.value, options), gainSpread.stderr, gainSpread.df);
    pLoss = { pLoss: p };
  }
  return { change, scale, stderr: spread.stderr, interval, method, ...pLoss, rowSd: spread.stderr * Math.sqrt(n), n };
}

/**
 * Candidate against baseline measured apart: the variances add up. Each side's comes from its stderr, else from its interval's width,
 * else from its repeats; the degrees of freedom are those of Welch (1947) and Satterthwaite (1946). Without one on either side: method `point`.
 */
export function unpairedDifference(candidate: Metric, baseline: Metric, options: DifferenceOptions): DifferenceFound {
  const { scale, level } = options;
  if (candidate.value === undefined) return { undefined: candidate.undefined ?? "metric-missing" };
  if (baseline.value === undefined) return { undefined: baseline.undefined ?? "metric-missing" };
  if (scale === "relative" && baseline.value < SMALLEST_BASELINE) return { undefined: "relative-undefined" };
  const ratio = candidate.value / baseline.value;
  const change = scale === "relative" ? ratio - 1 : candidate.value - baseline.value;
  if (!Number.isFinite(change)) return { undefined: "not-finite" };
  const c = errorOf(candidate);
  const b = errorOf(baseline);
  if (c === undefined || b === undefined) return { change, scale, method: "point" };
  const unit = scale === "relative" ? 1 / baseline.value : 1;
  const factor = scale === "relative" ? ratio : 1;
  const [vc, vb] = [(c.stderr * unit) ** 2, (b.stderr * factor * unit) ** 2];
  const variance = vc + vb;
  const stderr = Math.sqrt(variance);
  const df = variance === 0 ? Number.POSITIVE_INFINITY : variance ** 2 / (vc ** 2 / c.df + vb ** 2 / b.df);
  const half = stderr === 0 ? 0 : studentQuantile((1 + level) / 2, df) * stderr;
  const method = c.from === b.from ? `unpaired-${c.from}` : "unpaired";
  const gain = gainOf(candidate.value, baseline.value, options) * (options.direction === "near" ? unit : 1);
  const signed = options.direction === "near" ? gain : options.direction === "up" ? change : -change;
  const pLoss = gainSlopes(candidate.value, baseline.value, options) && { pLoss: lossP(signed, stderr, df) };
  return {
    change,
    scale,
    stderr,
    interval: { low: change - half, high: change + half, level, method },
    method,
    ...pLoss,
  };
}
