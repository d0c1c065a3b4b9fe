import type { ApprovalPorts } from "@metricgate/pipeline/approval/approval-view";
import type { RunnerPorts } from "./runner-ports.ts";

/** What GitHub knows of deployments and commits, for the summary that an environment's reviewers read. */
export function runnerApproval({
  client,
  runner,
  workspace,
  fileAt,
}: Pick<RunnerPorts, "client" | "runner" | "workspace" | "fileAt">): Pick<
  ApprovalPorts,
  "liveIn" | "between" | "fileAt"
> {
  const repo = runner.repository;
  return {
    liveIn: async (environment, model) => {
      const { activeDeployment } = await import("@metricgate/github/deployments");
      const { explainFailure } = await import("@metricgate/github/failure");
      try {
        return await activeDeployment(await client(), { repo: repo ?? "", environment, model });
      } catch (thrown) {
        const { text, next } = explainFailure(
          thrown,
          { permission: "deployments: read", what: "see what is live" },
          {},
        );
        throw new Error(`${text} ${next}`);
      }
    },
    between: async (from, to) => {
      const { commitsBetween } = await import("@metricgate/github/commits-between");
      const { gitIn } = await import("@metricgate/github/commit-look");
      return commitsBetween(from, to, {
        git: gitIn(workspace.root),
        client,
        ...(repo === undefined ? {} : { repo }),
      });
    },
    fileAt,
  };
}
