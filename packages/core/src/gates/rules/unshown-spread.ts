import type { Interval } from "../../documents/fields.ts";

/** Fewer rows than this that all say the same do not show how rows vary. */
export const ENOUGH_ALIKE = 10;

/** A width below this share of the values is none: what is left of equal differences is rounding. */
const NO_WIDTH = 1e-6;

/**
 * Whether an interval has no width because its few rows happen to be alike, so that it proves nothing. An interval of ten or more rows that are all
 * alike is taken as it is, and so is one of which nobody says how many rows it has. `values`: what the width is held against.
 */
export function isSpreadUnshown(
  interval: Interval | undefined,
  n: number | undefined,
  values: readonly number[],
): boolean {
  if (interval === undefined || n === undefined || n >= ENOUGH_ALIKE) return false;
  return interval.high - interval.low <= NO_WIDTH * Math.max(...values.map(Math.abs));
}
