import { chainFiles } from "@metricgate/pipeline/chain/folder";
import { policyToPlan } from "@metricgate/pipeline/plan/policy-to-plan";
import { type ReportPorts, type ReportRequest, type ReportResult, report } from "@metricgate/pipeline/report/report";
import type { ModelReport } from "@metricgate/report/view";
import { runnerApproval } from "./runner-approval.ts";
import type { RunnerPorts } from "./runner-ports.ts";
import { runnerLinks, runnerPublisher } from "./runner-publisher.ts";

/**
 * Posts a report in a runner. When to comment is the input's word, else the policy's.
 * With `frameTells` the frame itself puts the failure into the summary and the annotations, so the report does not say it again.
 */
export async function reportInRunner(
  given: ReportRequest & { policy: string },
  ports: RunnerPorts & Pick<ReportPorts, "ownerApproval">,
  crashed: ModelReport[],
  frameTells = false,
): Promise<ReportResult> {
  const publisher = await runnerPublisher(ports);
  return report(given, {
    ...ports,
    links: runnerLinks(ports),
    publisher: frameTells ? { ...publisher, annotate: () => undefined, summary: async () => undefined } : publisher,
    commentWhen: await commentWhen(given.policy, ports),
    crashed,
    ...(given["approval-summary"] === undefined ? {} : { approval: runnerApproval(ports) }),
  });
}

/**
 * The policy's word on when to comment: the work tree's, and in a job without a checkout that of the policy which lies beside a verdict.
 * A policy that cannot be read was an error of the gate already; here it only means that it does not say.
 */
async function commentWhen(path: string, { workspace }: RunnerPorts): Promise<ReportPorts["commentWhen"]> {
  const [found] = (await workspace.exists(path))
    ? [path]
    : await workspace.find([`.metricgate/*/${chainFiles.policy}`]);
  if (found === undefined) return undefined;
  const { policy } = await policyToPlan(new TextDecoder().decode(await workspace.read(found)), found);
  return policy?.comment?.when;
}
