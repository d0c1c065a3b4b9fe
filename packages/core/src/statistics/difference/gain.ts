import type { DifferenceOptions } from "../difference.ts";
import { studentCdf } from "../student.ts";

type Towards = Pick<DifferenceOptions, "direction" | "target">;

/** How much the gain grows with the candidate's and with the baseline's value; undefined when nothing is better. */
export function gainSlopes(
  candidate: number,
  baseline: number,
  { direction, target }: Towards,
): [number, number] | undefined {
  if (direction !== "near") return direction === "up" ? [1, -1] : [-1, 1];
  if (target === undefined) return undefined;
  return [candidate < target ? 1 : -1, baseline < target ? -1 : 1];
}

/** How much better the candidate is, in the metric's unit; negative when worse, 0 when nothing is better. */
export function gainOf(candidate: number, baseline: number, { direction, target }: Towards): number {
  if (direction !== "near") return direction === "up" ? candidate - baseline : baseline - candidate;
  return target === undefined ? 0 : Math.abs(baseline - target) - Math.abs(candidate - target);
}

/** P(no loss looks this bad), from a gain with its standard error; certain where nothing varies. */
export function lossP(gain: number, stderr: number, df: number): number {
  if (stderr > 0) return studentCdf(gain / stderr, df);
  return gain < 0 ? 0 : gain > 0 ? 1 : 0.5;
}
