import type { Interval } from "../documents/fields.ts";
import type { Known } from "../metrics/known-metric.ts";
import type { Measured } from "../metrics/measured.ts";
import type { RowTable } from "../tables/row-table.ts";
import { drawable, singleReplicates, valueReplicates } from "./bootstrap/cell-bootstrap.ts";
import { singleCells } from "./bootstrap/joint-cells.ts";
import { bootstrapRows, ENOUGH_FOR_PERCENTILES } from "./bootstrap/row-bootstrap.ts";
import { unitsOf } from "./bootstrap/units.ts";
import { isLowN } from "./low-n.ts";
import { middle } from "./quantile.ts";
import { sdOf } from "./sd.ts";
import { studentQuantile } from "./student.ts";
import { valueInterval } from "./value-interval.ts";
import { groupOf, spreadOfMeasured } from "./variance.ts";

/** What the rows say about how sure a value is. */
export interface ValueUncertainty {
  stderr?: number;
  interval?: Interval;
  /** So few rows (below 30, or below 10 of a class) that the interval may be too narrow. */
  lowN?: true;
}

/** The streams of the bootstraps of one value. */
const CELL_STREAM = 5;
const ROW_STREAM = 6;

/** The share of replicates that may be without a value before a bootstrap says nothing. */
const MOST_WITHOUT = 0.05;

/**
 * The standard error and the interval at the two-sided `level` of one value measured over the rows (those of `at`, when given), within
 * the metric's range. Metrics of counts over plain rows that are no shares: percentile interval of the cell bootstrap. Metrics without
 * influence values: that of rows, or of groups. Everything else: `valueInterval`. Nothing with fewer than two independent units.
 */
export function valueUncertainty(
  measured: Measured,
  known: Pick<Known, "low" | "high">,
  rows: RowTable,
  { level, at, seed = 1 }: { level: number; at?: Int32Array; seed?: number },
): ValueUncertainty {
  const group = groupOf(rows);
  const plain = group === undefined && !rows.columns.has("weight");
  const { reweighted, n } = measured;
  if (reweighted !== undefined) {
    const units = unitsOf(n, group, at);
    if (units.count < 2) return flagged(measured, units.count, {});
    const [drawn] = bootstrapRows([reweighted], n, units, { seed, stream: ROW_STREAM });
    const found =
      drawn === undefined ? {} : fromDrawn(drawn, measured.value, known, { level, method: "row-bootstrap" });
    return flagged(measured, units.count, found);
  }
  const spread = spreadOfMeasured(measured, group, at, plain ? measured.strata : undefined);
  const drawn = plain && spread !== undefined && spread.stderr > 0 ? cellDraws(measured, seed) : undefined;
  if (drawn !== undefined) {
    const suffix = measured.fixedThreshold === true ? "-fixed-threshold" : "";
    const found = fromDrawn(drawn, measured.value, known, { level, method: `cell-bootstrap${suffix}` });
    return flagged(measured, n, found);
  }
  const interval = valueInterval(measured, known, spread, plain, level);
  // A standard error of 0 beside an interval with a width would claim certainty; the interval alone is left to be used.
  const certain = spread?.stderr === 0 && interval !== undefined && interval.high > interval.low;
  const stderr = spread === undefined || certain ? undefined : spread.stderr;
  return flagged(measured, spread?.units ?? n, finite(stderr, interval));
}

/** What of both is finite: squares of values near the largest numbers are not, and then nothing is known. */
function finite(stderr: number | undefined, interval: Interval | undefined): ValueUncertainty {
  const ends = interval !== undefined && Number.isFinite(interval.low) && Number.isFinite(interval.high);
  return {
    ...(stderr !== undefined && Number.isFinite(stderr) && { stderr }),
    ...(ends && { interval }),
  };
}

function flagged(measured: Measured, units: number, found: ValueUncertainty): ValueUncertainty {
  return isLowN(measured, units) ? { ...found, lowN: true } : found;
}

/** The values of a metric of counts in the replicates of its cells; undefined for shares and where the cells are too many. */
function cellDraws({ value, cells, successes }: Measured, seed: number): Float64Array | undefined {
  if (cells === undefined || successes !== undefined) return undefined;
  const side = { value, cells };
  const joint = singleCells(side);
  const replicates = valueReplicates(joint);
  if (!drawable(joint, replicates)) return undefined;
  return singleReplicates(joint, side, { seed, stream: CELL_STREAM, from: 0, to: replicates });
}

/** The percentile interval of drawn values, never without the value itself, or Student's t where they are few; nothing when more than 5 % have none. */
function fromDrawn(
  drawn: Float64Array,
  value: number,
  known: Pick<Known, "low" | "high">,
  { level, method }: { level: number; method: string },
): ValueUncertainty {
  const values = drawn.filter(Number.isFinite);
  if (values.length < 2 || values.length < (1 - MOST_WITHOUT) * drawn.length) return {};
  const stderr = sdOf(values);
  if (stderr === 0) return {};
  const half = studentQuantile((1 + level) / 2, values.length - 1) * stderr;
  const few = values.length < ENOUGH_FOR_PERCENTILES;
  const { low, high } = few ? { low: value - half, high: value + half } : middle(values.sort(), level);
  const interval = {
    low: Math.max(known.low, Math.min(low, value)),
    high: Math.min(known.high, Math.max(high, value)),
    level,
    method,
  };
  return finite(stderr, interval);
}
