import { looksLikeNumber } from "./number-text.ts";

/** The columns of a table of metrics, and their order where no header names them. */
export const bareColumns = ["metric", "value", "unit", "direction", "stderr", "n"] as const;

/**
 * Whether a row of a table without a header can be a metric's: a name, its value or none, and no number where the unit stands. A name that is a
 * number, or a number for a unit, is a row of something else: predictions, or a decimal comma.
 */
export function isBareMetric([name = "", value, unit = "", ...more]: readonly string[]): boolean {
  if (value === undefined || more.length > bareColumns.length - 3) return false;
  return !looksLikeNumber(name) && (value.trim() === "" || looksLikeNumber(value)) && !looksLikeNumber(unit);
}
