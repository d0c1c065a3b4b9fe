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
    const low = limit(a, b, one.low, two.high, -1);
    const high = limit(a, b, one.high, two.low, 1);
    return { change, stderr, df, interval: { low, high, level, method: "donner-zou" } };
  }
  const factor = Math.exp(studentQuantile((1 + level) / 2, df) * stderr);
  return { change, stderr, df, interval: { low: change / factor, high: change * factor, level, method: "log" } };
}

/** One limit from a side's far limit (`x` of a, `y` of b). */
function limit(a: number, b: number, x: number, y: number, side: -1 | 1): number {
  const product = a * b;
  const inside = product * product - x * y * (2 * a - x) * (2 * b - y);
  const below = y * (2 * b - y);
  if (!(below > 0)) return side > 0 ? Number.MAX_VALUE : 0;
  return Math.max(0, (product + side * Math.sqrt(Math.max(0, inside))) / below);
}
