import type { Metric } from "../documents/evaluation.ts";
import { studentQuantile } from "../statistics/student.ts";
import { sum } from "../statistics/sum.ts";
import { known } from "./known.ts";

/**
 * One metric over several training runs of the same version (at least 2, the same metric of the same slice): the mean, with the runs'
 * values as `repeats`. Where each run gives a standard error e_i over rows, that of the mean is √(mean e_i² + s²/K), with an interval of
 * Student's t, degrees of freedom by Satterthwaite (1946) and rows counted as infinitely many. Without e_i the repeats speak for themselves.
 * A metric that has no value in one run has none: the reason is that of the first such run.
 */
export function meanOfRuns(runs: readonly Metric[], level: number): Metric {
  const [first] = runs;
  if (first === undefined) throw new RangeError("a mean needs a run");
  const { value: _, undefined: __, stderr: ___, interval: ____, ...head } = first;
  const without = runs.find((run) => run.value === undefined);
  if (without !== undefined) return { ...head, undefined: without.undefined ?? "not-finite" };
  const repeats = runs.flatMap((run) => (run.value === undefined ? [] : [run.value]));
  const k = repeats.length;
  const value = sum(repeats) / k;
  if (!Number.isFinite(value)) return { ...head, undefined: "not-finite" };
  const errors = runs.flatMap((run) => (run.stderr === undefined ? [] : [run.stderr ** 2]));
  const mean = { ...head, value, repeats };
  if (errors.length < k || k < 2) return mean;
  const ofRuns = sum(repeats.map((one) => (one - value) ** 2)) / (k - 1) / k;
  const variance = sum(errors) / k + ofRuns;
  const stderr = Math.sqrt(variance);
  const df = ofRuns === 0 ? Number.POSITIVE_INFINITY : (variance / ofRuns) ** 2 * (k - 1);
  const half = studentQuantile((1 + level) / 2, df) * stderr;
  const about = known(first.name);
  const low = Math.max(about?.low ?? Number.NEGATIVE_INFINITY, value - half);
  const high = Math.min(about?.high ?? Number.POSITIVE_INFINITY, value + half);
  return { ...mean, stderr, interval: { low, high, level, method: "repeats-and-rows" } };
}
