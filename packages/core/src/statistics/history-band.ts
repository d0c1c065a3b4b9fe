import { quantile } from "./quantile.ts";
import { studentQuantile } from "./student.ts";
import { sum } from "./sum.ts";

/**
 * How the band of past values is drawn. `t`: a prediction band of Student's t, one-sided `level` (0.99). `percentage`: `share` of the mean
 * (0.1 is ten percent). `mad`: `times` (3) the median absolute deviation, scaled to a normal's sd.
 */
export type BandMethod =
  | { method: "t"; level?: number }
  | { method: "percentage"; share: number }
  | { method: "mad"; times?: number };

/** Where a next value of the same process is expected; a side that cannot be bad is open. */
export interface HistoryBand {
  low?: number;
  high?: number;
  /** The mean of the past values, or their median for `mad`. */
  centre: number;
  n: number;
  method: BandMethod["method"];
}

/** Fewer past values than this say nothing. */
const FEWEST = 5;

/** The sd counts as at least this share of the mean, so that equal values leave room for rounding. */
const SMALLEST_SHARE = 1e-9;

/**
 * The band in which one more value is expected after `values` (at least 5, of accepted runs): bounded below for `up`, above for `down`,
 * on both sides for `near`. The t band is mean ± t·s·√(1 + 1/n) with the quantile t of `level`: a share 1 − level of false alarms on
 * each side that is bounded.
 */
export function historyBand(
  values: readonly number[],
  direction: "up" | "down" | "near",
  how: BandMethod = { method: "t" },
): HistoryBand | { undefined: string } {
  const n = values.length;
  if (n < FEWEST) return { undefined: "too-few-runs" };
  if (!values.every(Number.isFinite)) return { undefined: "not-finite" };
  const { centre, half } = bandOf(values, how);
  return {
    ...(direction !== "down" && { low: centre - half }),
    ...(direction !== "up" && { high: centre + half }),
    centre,
    n,
    method: how.method,
  };
}

function bandOf(values: readonly number[], how: BandMethod): { centre: number; half: number } {
  const n = values.length;
  const mean = sum(values) / n;
  if (how.method === "percentage") return { centre: mean, half: how.share * Math.abs(mean) };
  if (how.method === "mad") {
    const centre = medianOf(values);
    // 1 / Φ⁻¹(3/4): a normal's sd in units of its median absolute deviation.
    return { centre, half: (how.times ?? 3) * 1.482602218505602 * medianOf(values.map((x) => Math.abs(x - centre))) };
  }
  const variance = sum(values.map((x) => (x - mean) * (x - mean))) / (n - 1);
  const sd = Math.max(Math.sqrt(variance), SMALLEST_SHARE * Math.abs(mean));
  const level = how.level ?? 0.99;
  return { centre: mean, half: studentQuantile(level, n - 1) * sd * Math.sqrt(1 + 1 / n) };
}

function medianOf(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
