import type { Interval } from "../documents/fields.ts";
import type { Measured } from "../metrics/measured.ts";
import type { CategoryColumn } from "../tables/row-table.ts";
import { ratioBounds } from "./independent/ratio-bounds.ts";
import { methodBounds, type SideBounds } from "./independent/side-bounds.ts";
import { normalCdf } from "./normal.ts";
import { studentCdf, studentQuantile } from "./student.ts";
import { satterthwaite } from "./welch.ts";

/** Two values over different rows. */
export interface IndependentDifference {
  /** a − b in the metric's unit, or the ratio a / b. */
  change: number;
  scale: "absolute" | "ratio";
  /** Of the change, or of the logarithm of the ratio. */
  stderr: number;
  df: number;
  interval: Interval;
  /** Two-sided p of H0 "both are equal". */
  pGap: number;
}

/** How two independent values are compared. `groups`: each side's independent units when they are not the rows, with the rows `at`. */
export interface IndependentOptions {
  scale: "absolute" | "ratio";
  level: number;
  groupsA?: CategoryColumn;
  groupsB?: CategoryColumn;
  atA?: Int32Array;
  atB?: Int32Array;
  seed?: number;
}

/**
 * Two values of a metric over different rows, such as two groups of people. Shares of plain rows: Newcombe's method 10 (1998), p by the
 * two-proportion score test. Means and everything else: the variances of the influence values add up, with the degrees of freedom of Welch
 * (1947). The ratio, for values above 0: Donner and Zou's limits (2012) for shares, else normal on the logarithm.
 */
export function independentDifference(
  a: Measured,
  b: Measured,
  options: IndependentOptions,
): IndependentDifference | { undefined: string } {
  const { scale, level, seed = 1 } = options;
  const one = methodBounds(a, { group: options.groupsA, at: options.atA, level, seed, stream: 3 });
  const two = methodBounds(b, { group: options.groupsB, at: options.atB, level, seed, stream: 4 });
  if ("undefined" in one) return one;
  if ("undefined" in two) return two;
  if (scale === "ratio" && (!(b.value > 0) || a.value < 0)) return { undefined: "ratio-undefined" };
  const pGap = gapP(a, b, one, two);
  if (scale === "ratio") return { ...ratioBounds(a.value, b.value, one, two, level), scale, pGap };
  const change = a.value - b.value;
  const { stderr, df } = together(one, two);
  if (one.score || two.score) {
    const low = change - Math.sqrt(squareOf(a.value - one.low) + squareOf(two.high - b.value));
    const high = change + Math.sqrt(squareOf(one.high - a.value) + squareOf(b.value - two.low));
    return { change, scale, stderr, df, interval: { low, high, level, method: "newcombe" }, pGap };
  }
  const half = stderr === 0 ? 0 : studentQuantile((1 + level) / 2, df) * stderr;
  return {
    change,
    scale,
    stderr,
    df,
    interval: { low: change - half, high: change + half, level, method: "welch" },
    pGap,
  };
}

function squareOf(x: number): number {
  return x * x;
}

function together(one: SideBounds, two: SideBounds): { stderr: number; df: number } {
  const parts = [one, two].map(({ stderr, df }) => ({ variance: stderr * stderr, df }));
  return { stderr: Math.sqrt(one.stderr * one.stderr + two.stderr * two.stderr), df: satterthwaite(parts) };
}

/** The two-sided p of no difference: of pooled shares where both are shares of plain rows, else of Student's t. */
function gapP(a: Measured, b: Measured, one: SideBounds, two: SideBounds): number {
  const gap = Math.abs(a.value - b.value);
  if (gap === 0) return 1;
  if (one.share !== undefined && two.share !== undefined) {
    const pooled = (one.share.successes + two.share.successes) / (one.share.trials + two.share.trials);
    const variance = pooled * (1 - pooled) * (1 / one.share.trials + 1 / two.share.trials);
    const distance = Math.abs(one.share.successes / one.share.trials - two.share.successes / two.share.trials);
    return 2 * normalCdf(-distance / Math.sqrt(variance));
  }
  // A side without any variance still has a width, which stands in for its standard error.
  const widths = [one, two].map((side) =>
    side.stderr > 0 ? side.stderr : (side.high - side.low) / (2 * side.quantile),
  );
  const stderr = Math.sqrt(squareOf(widths[0] ?? 0) + squareOf(widths[1] ?? 0));
  return stderr === 0 ? 0 : 2 * studentCdf(-gap / stderr, together(one, two).df);
}
