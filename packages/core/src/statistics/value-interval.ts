import type { Interval } from "../documents/fields.ts";
import type { Known } from "../metrics/known-metric.ts";
import type { Measured } from "../metrics/measured.ts";
import { normalQuantile } from "./normal.ts";
import { studentQuantile } from "./student.ts";
import type { Spread } from "./variance.ts";
import { wilson } from "./wilson.ts";

/**
 * The confidence interval of one measured value, within the metric's range; undefined with fewer than two independent units.
 * Plain shares (`plain`: no weights, no groups): Wilson's, also carried through `fromShare`. Areas made of ranks: normal on the logit scale.
 * Everything else: Student's t on the influence. Where the influence is 0 everywhere (an AUC of 1), Wilson's with the rows that carry it.
 */
export function valueInterval(
  measured: Measured,
  known: Pick<Known, "low" | "high">,
  spread: Spread | undefined,
  plain: boolean,
  level: number,
): Interval | undefined {
  const { value, successes, trials, fromShare, kind } = measured;
  const suffix = measured.fixedThreshold === true ? "-fixed-threshold" : "";
  const isShare = successes !== undefined && trials !== undefined;
  if (plain && isShare) return carried(wilson(successes, trials, level), fromShare, suffix);
  if (spread === undefined) return undefined;
  const bounded = Number.isFinite(known.high - known.low);
  if (spread.stderr === 0 && bounded && kind !== "mean") {
    const units = Math.min(spread.units, measured.support);
    if (isShare) return carried(wilson((successes / trials) * units, units, level), fromShare, suffix);
    const width = known.high - known.low;
    const found = wilson(((value - known.low) / width) * units, units, level);
    return { ...found, low: known.low + found.low * width, high: known.low + found.high * width };
  }
  if (kind === "rank" && value > 0 && value < 1) {
    const z = spread.units < measured.n ? studentQuantile((1 + level) / 2, spread.df) : normalQuantile((1 + level) / 2);
    const middle = Math.log(value / (1 - value));
    const half = (z * spread.stderr) / (value * (1 - value));
    const back = (x: number) => 1 / (1 + Math.exp(-x));
    return { low: back(middle - half), high: back(middle + half), level, method: "logit" };
  }
  const half = studentQuantile((1 + level) / 2, spread.df) * spread.stderr;
  const low = Math.max(known.low, value - half);
  const high = Math.min(known.high, value + half);
  return { low, high, level, method: `influence${suffix}` };
}

function carried(interval: Interval, fromShare: ((share: number) => number) | undefined, suffix: string): Interval {
  const { low, high, level, method } = interval;
  if (fromShare === undefined) return { low, high, level, method: `${method}${suffix}` };
  return { low: fromShare(low), high: fromShare(high), level, method: `${method}${suffix}` };
}
