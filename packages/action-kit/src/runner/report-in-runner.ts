import { workTreePolicy } from "@metricgate/pipeline/policy/work-tree-policy";
import { type ReportRequest, type ReportResult, report } from "@metricgate/pipeline/report/report";
import type { ModelReport } from "@metricgate/report/view";
import type { RunnerPorts } from "./runner-ports.ts";
import { runnerLinks, runnerPublisher } from "./runner-publisher.ts";

/** Posts a report in a runner. When to comment is the input's word, else the policy's. */
export async function reportInRunner(
  given: ReportRequest & { policy: string },
  ports: RunnerPorts,
  crashed: ModelReport[],
): Promise<ReportResult> {
  // A policy that cannot be read was an error of the gate already; here it only means that it does not say when to comment.
  const found = await workTreePolicy(ports.workspace, given.policy, undefined, ports.messages).catch(() => undefined);
  return report(given, {
    ...ports,
    links: runnerLinks(ports),
    publisher: await runnerPublisher(ports),
    commentWhen: found?.policy.comment?.when,
    crashed,
  });
}
