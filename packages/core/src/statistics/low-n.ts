import type { Measured } from "../metrics/measured.ts";

/** Fewer rows than this, or fewer of a class, are few: intervals that rest on a normal limit are then too narrow. */
const FEW_ROWS = 30;
const FEW_OF_A_CLASS = 10;

/** Whether a value rests on so few rows (effective ones when weighted, or `units` when given) that its interval may be too narrow. */
export function isLowN({ kind, support, n }: Measured, units = n): boolean {
  return Math.min(n, units) < FEW_ROWS || support < (kind === "rank" ? FEW_OF_A_CLASS : FEW_ROWS);
}
