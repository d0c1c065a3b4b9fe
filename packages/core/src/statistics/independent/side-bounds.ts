import type { Measured } from "../../metrics/measured.ts";
import type { CategoryColumn } from "../../tables/row-table.ts";
import { bootstrapRows } from "../bootstrap/row-bootstrap.ts";
import { unitsOf } from "../bootstrap/units.ts";
import { normalQuantile } from "../normal.ts";
import { sdOf } from "../sd.ts";
import { studentQuantile } from "../student.ts";
import { type Spread, spreadOfMeasured } from "../variance.ts";
import { wilson } from "../wilson.ts";

/** One value with its own limits. */
export interface SideBounds {
  low: number;
  high: number;
  stderr: number;
  df: number;
  /** The quantile that made limits of the standard error. */
  quantile: number;
  /** The limits are Wilson's, so not evenly around the value. */
  score: boolean;
  /** The value is a share of plain rows, or rises with one. */
  share?: { successes: number; trials: number };
}

interface SideOptions {
  group: CategoryColumn | undefined;
  at: Int32Array | undefined;
  level: number;
  seed: number;
  stream: number;
}

/** The limits of one value: Wilson's for shares of plain rows and where a value within 0 to 1 does not vary, else value ± t·stderr. */
export function methodBounds(measured: Measured, options: SideOptions): SideBounds | { undefined: string } {
  const { group, level } = options;
  const { value, kind, support, fromShare } = measured;
  const spread = spreadFor(measured, options);
  const share = group === undefined ? plainShare(measured) : undefined;
  if (share === undefined && spread === undefined) {
    if (group !== undefined) return { undefined: "too-few-groups" };
    return { undefined: measured.strata !== undefined && measured.n >= 2 ? "too-few-of-a-class" : "too-few-rows" };
  }
  const stderr = spread?.stderr ?? 0;
  const df = share === undefined ? (spread?.df ?? 1) : Number.POSITIVE_INFINITY;
  const alike = stderr === 0 && kind !== "mean" && value >= 0 && value <= 1;
  if (share !== undefined || alike) {
    const units = Math.min(spread?.units ?? support, support);
    const of = share ?? { successes: value * units, trials: units };
    const { low, high } = wilson(of.successes, of.trials, level);
    const carry = share !== undefined && fromShare !== undefined ? fromShare : (x: number) => x;
    const quantile = normalQuantile((1 + level) / 2);
    return { low: carry(low), high: carry(high), stderr, df, quantile, score: true, ...(share && { share }) };
  }
  const quantile = studentQuantile((1 + level) / 2, df);
  return { low: value - quantile * stderr, high: value + quantile * stderr, stderr, df, quantile, score: false };
}

/** The share of rows that each count once; weighted ones have another effective number. */
function plainShare({ successes, trials, support }: Measured): { successes: number; trials: number } | undefined {
  if (successes === undefined || trials === undefined || support !== trials) return undefined;
  return { successes, trials };
}

function spreadFor(measured: Measured, { group, at, seed, stream }: SideOptions): Spread | undefined {
  if (measured.reweighted === undefined) {
    // Weighted positives and negatives are no plain numbers of rows.
    return spreadOfMeasured(measured, group, at, measured.strata);
  }
  const units = unitsOf(measured.n, group, at);
  const [drawn] = bootstrapRows([measured.reweighted], measured.n, units, { seed, stream });
  const values = drawn?.filter(Number.isFinite) ?? new Float64Array(0);
  if (units.count < 2 || values.length < 0.95 * (drawn?.length ?? 0)) return undefined;
  return { stderr: sdOf(values), df: units.count - 1, units: units.count };
}
