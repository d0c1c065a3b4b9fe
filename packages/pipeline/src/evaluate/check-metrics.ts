import type { Metric } from "@metricgate/core/documents/evaluation";
import { type Problem, userErrorOf } from "@metricgate/core/errors/user-error";
import { intervalProblem } from "@metricgate/core/metrics/interval-problem";
import { repeatsProblem } from "@metricgate/core/metrics/repeats-problem";

/**
 * Refuses metrics of files whose repeats or interval cannot be those of their value: the noise of something else would be taken for theirs.
 * @throws UserError `repeats-contradict`, `interval-contradicts`, one problem for each metric
 */
export function checkMetrics(metrics: readonly Metric[]): void {
  const problems: Problem[] = [];
  for (const metric of metrics) {
    const found = contradiction(metric);
    if (found === undefined) continue;
    const { file, line } = metric.from ?? {};
    problems.push({
      ...found,
      ...(file === undefined ? {} : { where: { file, ...(line === undefined ? {} : { line }) } }),
    });
  }
  if (problems.length > 0) throw userErrorOf(problems);
}

function contradiction(metric: Metric): Problem | undefined {
  const ofRepeats = metric.repeats === undefined ? undefined : repeatsProblem(metric);
  if (ofRepeats !== undefined) {
    const next =
      "Give as `repeats` the values of this metric in each training run; the value is their mean, or the run that is used.";
    return { code: "repeats-contradict", text: ofRepeats, next };
  }
  const ofInterval = metric.interval === undefined ? undefined : intervalProblem(metric);
  if (ofInterval === undefined) return undefined;
  const next = "Give the interval of this very value, or leave it out.";
  return { code: "interval-contradicts", text: ofInterval, next };
}
