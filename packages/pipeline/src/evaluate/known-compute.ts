import { type Problem, userErrorOf } from "@metricgate/core/errors/user-error";
import { isComputable } from "@metricgate/core/metrics/known";
import { unknownMetric } from "@metricgate/core/metrics/unknown-metric";

/** Refuses an input `compute` that names what cannot be computed, before anything is measured. @throws UserError `metric-unknown`, one problem for each name */
export function checkCompute(names: readonly string[] | undefined): void {
  const problems = (names ?? []).flatMap((name): Problem[] => {
    if (isComputable(name)) return [];
    const { text, next } = unknownMetric(name, JSON.stringify(name.slice(0, 100)));
    return [{ code: "metric-unknown", text: `compute: ${text}`, next }];
  });
  if (problems.length > 0) throw userErrorOf(problems);
}
