import type { RunnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import type { Approval } from "@metricgate/core/documents/deployment";
import { UserError } from "@metricgate/core/errors/user-error";
import { approvalOf, attemptsUsed } from "@metricgate/github/approval";
import { ourDeployments } from "@metricgate/github/deployments";

/**
 * Checks that somebody approved what is about to happen. `environment`: a required reviewer let this attempt into the environment.
 * `pull-request`: the commit came to the branch by a merged pull request that somebody approved.
 * @throws UserError `not-approved`
 */
export async function approveInRunner(
  kind: Approval["kind"],
  environment: string | undefined,
  model: string,
  { client, runner, change }: RunnerPorts,
): Promise<Approval> {
  if (kind === "none") return { kind };
  const repo = runner.repository ?? "";
  const run = change.run;
  if (run === undefined)
    throw new UserError(
      "not-approved",
      "there is no run that could have been approved",
      "Deploy from a workflow, or say `approval: none`.",
    );
  if (kind === "environment") {
    const name = environment ?? "production";
    const used = attemptsUsed(await ourDeployments(await client(), { repo, environment: name, model }), run);
    const found = await approvalOf(await client(), { repo, runId: run.id, environment: name, usedBefore: used });
    if (!found.approved)
      throw new UserError(
        "not-approved",
        found.text ?? `nobody approved ${name}`,
        `Give the job \`environment: ${name}\` with required reviewers, or say \`approval: none\`.`,
      );
    return { kind, environment: name, by: found.by };
  }
  return { kind, by: await mergedBy(change.sha, await client(), repo) };
}

async function mergedBy(
  sha: string | undefined,
  client: Awaited<ReturnType<RunnerPorts["client"]>>,
  repo: string,
): Promise<string[]> {
  const { approversOf } = await import("@metricgate/github/pull-approval");
  const found = sha === undefined ? undefined : await approversOf(client, repo, sha);
  if (found === undefined)
    throw new UserError(
      "not-approved",
      `${sha ?? "the commit"} came by no merged pull request that was approved`,
      "Merge it by a pull request with an approving review.",
    );
  return found;
}
