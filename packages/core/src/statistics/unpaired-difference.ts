import type { Metric } from "../documents/evaluation.ts";
import { gainOf, gainSlopes, lossP } from "./difference/gain.ts";
import { changeOf } from "./difference/sides.ts";
import { type DifferenceFound, type DifferenceOptions, SMALLEST_BASELINE } from "./difference.ts";
import { errorOf } from "./reported-error.ts";
import { studentQuantile } from "./student.ts";
import { satterthwaite } from "./welch.ts";

/**
 * Candidate against baseline measured apart: the variances add up. Each side's comes from its stderr, else from its interval's width,
 * else from its repeats; the degrees of freedom are those of Welch (1947) and Satterthwaite (1946). Without one on either side: method `point`.
 * `rowSd` and `n` (the smaller) when both sides say how many rows they were measured on.
 */
export function unpairedDifference(candidate: Metric, baseline: Metric, options: DifferenceOptions): DifferenceFound {
  const { scale, level } = options;
  if (candidate.value === undefined) return { undefined: candidate.undefined ?? "metric-missing" };
  if (baseline.value === undefined) return { undefined: baseline.undefined ?? "metric-missing" };
  if (scale === "relative" && baseline.value < SMALLEST_BASELINE) return { undefined: "relative-undefined" };
  const change = changeOf(candidate.value, baseline.value, scale);
  if (!Number.isFinite(change)) return { undefined: "not-finite" };
  const c = errorOf(candidate);
  const b = errorOf(baseline);
  if (c === undefined || b === undefined) {
    const bare = c === b ? undefined : c === undefined ? "candidate" : "baseline";
    return { change, scale, method: "point", ...(bare && { bare }) };
  }
  const unit = scale === "relative" ? 1 / baseline.value : 1;
  const factor = scale === "relative" ? candidate.value / baseline.value : 1;
  const sides = [c.stderr * unit, b.stderr * factor * unit] as const;
  const [vc, vb] = [sides[0] * sides[0], sides[1] * sides[1]];
  const variance = vc + vb;
  const stderr = Math.sqrt(variance);
  const df = satterthwaite([
    { variance: vc, df: c.df },
    { variance: vb, df: b.df },
  ]);
  const half = stderr === 0 ? 0 : studentQuantile((1 + level) / 2, df) * stderr;
  const method = c.from === b.from ? `unpaired-${c.from}` : "unpaired";
  const gain = gainOf(candidate.value, baseline.value, options) * (options.direction === "near" ? unit : 1);
  const signed = options.direction === "near" ? gain : options.direction === "up" ? change : -change;
  const pLoss = gainSlopes(candidate.value, baseline.value, options) && { pLoss: lossP(signed, stderr, df) };
  const runVariance = (c.from === "repeats" ? vc : 0) + (b.from === "repeats" ? vb : 0);
  const n = Math.min(candidate.n ?? 0, baseline.n ?? 0);
  return {
    change,
    scale,
    stderr,
    interval: { high: change + half, level, low: change - half, method },
    method,
    ...pLoss,
    ...(runVariance > 0 && { runVariance }),
    ...(n > 0 && { n, rowSd: Math.sqrt(vc * (candidate.n ?? 0) + vb * (baseline.n ?? 0)) }),
  };
}
