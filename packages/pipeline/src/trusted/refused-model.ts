import { problemText } from "@metricgate/core/errors/problem-text";
import type { Problem } from "@metricgate/core/errors/user-error";
import type { ModelReport } from "@metricgate/report/view";

/** What stands in the report for a model whose documents are not believed: each cause with its place, next step and code. */
export function refusedModel(model: string, problems: readonly Problem[]): ModelReport {
  const causes = problems.map((problem) => `${problemText(problem)} [${problem.code}]`);
  return { model, crashed: { step: "report", text: `Its documents were refused: ${causes.join(" ")}` } };
}
