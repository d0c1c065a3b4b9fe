import type { Failure } from "@metricgate/core/errors/failure";
import { codeSpan } from "@metricgate/report/escape/code-span";
import { fencedBlock } from "@metricgate/report/escape/fence";

/** The job summary of a step that has no result: what was wrong, where, and the next step. */
export function failureSummary(name: string, failure: Failure): string {
  const head = failure.status === "crashed" ? "💥" : "⛔";
  const rows = failure.problems.map(({ code, text, next, where }) => {
    const at = where?.file ?? where?.url;
    const line = where?.line === undefined ? "" : `:${where.line}`;
    return `- ${codeSpan(text, "paragraph", 500)}${at === undefined ? "" : ` in ${codeSpan(`${at}${line}`, "paragraph")}`}<br>${codeSpan(next, "paragraph", 500)} <sub>${codeSpan(code, "paragraph")}</sub>`;
  });
  const tail =
    failure.tail === undefined || failure.tail === ""
      ? []
      : [
          "",
          "<details><summary>The end of its output</summary>",
          "",
          fencedBlock(failure.tail.split("\n"), "text"),
          "",
          "</details>",
        ];
  return [`### ${head} metricgate ${name}: ${failure.status}, no verdict`, "", ...rows, ...tail, ""].join("\n");
}
