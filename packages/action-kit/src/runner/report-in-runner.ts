import { workTreePolicy } from "@metricgate/pipeline/policy/work-tree-policy";
import { type ReportRequest, type ReportResult, report } from "@metricgate/pipeline/report/report";
import type { ModelReport } from "@metricgate/report/view";
import type { RunnerPorts } from "./runner-ports.ts";
import { runnerLinks, runnerPublisher } from "./runner-publisher.ts";

/**
 * Posts a report in a runner. When to comment is the input's word, else the policy's.
 * With `frameTells` the frame itself puts the failure into the summary and the annotations, so the report does not say it again.
 */
export async function reportInRunner(
  given: ReportRequest & { policy: string },
  ports: RunnerPorts,
  crashed: ModelReport[],
  frameTells = false,
): Promise<ReportResult> {
  // A policy that cannot be read was an error of the gate already; here it only means that it does not say when to comment.
  const found = await workTreePolicy(ports.workspace, given.policy, undefined, ports.messages).catch(() => undefined);
  const publisher = await runnerPublisher(ports);
  return report(given, {
    ...ports,
    links: runnerLinks(ports),
    publisher: frameTells ? { ...publisher, annotate: () => undefined, summary: async () => undefined } : publisher,
    commentWhen: found?.policy.comment?.when,
    crashed,
  });
}
