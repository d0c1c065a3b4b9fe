import type { Interval } from "../../documents/fields.ts";
import { studentQuantile } from "../student.ts";
import { satterthwaite } from "../welch.ts";
import type { SideBounds } from "./side-bounds.ts";

/**
 * The ratio a / b of two independent values (a >= 0, b > 0) with limits: where a side's own limits are Wilson's, those of Donner and
 * Zou (2012), which never collapse and turn over with the ratio; else normal (Student's t) on the logarithm.
 */
export function ratioBounds(
  a: number,
  b: number,
  one: SideBounds,
  two: SideBounds,
  level: number,
): { change: number; stderr: number; df: number; interval: Interval } {
  const change = a / b;
  const parts = [
    { variance: a === 0 ? 0 : (one.stderr / a) ** 2, df: one.df },
    { variance: (two.stderr / b) ** 2, df: two.df },
  ];
  const stderr = Math.sqrt(parts.reduce((total, part) => total + part.variance, 0));
  const df = satterthwaite(parts);
  if (one.score || two.score || a === 0) {
    const low = lowerLimit(a, b, one.low, two.high);
    const high = upperLimit(a, b, one.high, two.low);
    return { change, stderr, df, interval: { low, high, level, method: "donner-zou" } };
  }
  const factor = Math.exp(studentQuantile((1 + level) / 2, df) * stderr);
  return { change, stderr, df, interval: { low: change / factor, high: change * factor, level, method: "log" } };
}

/** The lower limit, from the lower limit of a and the upper of b; written without a difference. */
function lowerLimit(a: number, b: number, low: number, high: number): number {
  if (!(low > 0)) return 0;
  const part = low * (2 * a - low);
  return part / (a * b + Math.sqrt(Math.max(0, a * b * (a * b) - part * high * (2 * b - high))));
}

/** The upper limit, from the upper limit of a and the lower of b; the largest number where b may be nothing. */
function upperLimit(a: number, b: number, high: number, low: number): number {
  if (!(low > 0)) return Number.MAX_VALUE;
  const part = low * (2 * b - low);
  return (a * b + Math.sqrt(Math.max(0, a * b * (a * b) - high * (2 * a - high) * part))) / part;
}
