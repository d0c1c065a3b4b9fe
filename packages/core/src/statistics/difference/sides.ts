import type { Measured } from "../../metrics/measured.ts";
import type { CategoryColumn } from "../../tables/row-table.ts";
import type { DifferenceOptions } from "../difference.ts";

/** Both sides of a paired difference, measured over the same rows. */
export interface Sides {
  metric: string;
  candidate: Measured;
  baseline: Measured;
  /** The independent units, when they are not the rows. */
  group: CategoryColumn | undefined;
  /** Rows count as they are: no weights and no groups. */
  plain: boolean;
  options: DifferenceOptions & { at?: Int32Array };
}

/** The change in the scale asked for: candidate − baseline, or the ratio − 1. */
export function changeOf(candidate: number, baseline: number, scale: "absolute" | "relative"): number {
  return scale === "relative" ? candidate / baseline - 1 : candidate - baseline;
}

/** `method`, marked when a threshold was chosen on these very rows. */
export function methodOf({ candidate }: Sides, method: string): string {
  return candidate.fixedThreshold === true ? `${method}-fixed-threshold` : method;
}
