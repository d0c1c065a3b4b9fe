import { normalQuantile } from "./normal.ts";

/**
 * The rows with which the two-sided `level` test finds a true difference of `margin` with probability `power`:
 * ((z_{1−α/2} + z_power) · rowSd / margin)², rounded up, at least 1. `rowSd` is the sd of one row's difference in the unit of `margin`.
 * @throws RangeError when `margin` is not above 0: no number of rows proves a loss of exactly nothing
 */
export function rowsNeeded(rowSd: number, margin: number, level: number, power = 0.8): number {
  if (!(margin > 0)) throw new RangeError("a margin of 0 is never settled by more rows");
  const z = normalQuantile((1 + level) / 2) + normalQuantile(power);
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, Math.ceil(((z * rowSd) / margin) ** 2)));
}
