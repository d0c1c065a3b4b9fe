import type { Metric } from "@metricgate/core/documents/evaluation";
import { type Problem, userErrorOf } from "@metricgate/core/errors/user-error";
import { repeatsProblem } from "@metricgate/core/metrics/repeats-problem";

/** Refuses metrics of files whose repeats cannot be those of their value: the noise of something else would be taken for theirs. @throws UserError `repeats-contradict`, one problem for each metric */
export function checkRepeats(metrics: readonly Metric[]): void {
  const problems: Problem[] = [];
  for (const metric of metrics) {
    const text = metric.repeats === undefined ? undefined : repeatsProblem(metric);
    if (text === undefined) continue;
    const { file, line } = metric.from ?? {};
    problems.push({
      code: "repeats-contradict",
      text,
      next: "Give as `repeats` the values of this metric in each training run; the value is their mean, or the run that is used.",
      ...(file === undefined ? {} : { where: { file, ...(line === undefined ? {} : { line }) } }),
    });
  }
  if (problems.length > 0) throw userErrorOf(problems);
}
