import type { Problem } from "@metricgate/core/errors/user-error";
import { artifactsOfRun, type ListedArtifact } from "./artifact-zip.ts";
import type { Client } from "./client.ts";
import { type PullRequest, pullRequestsOfHead } from "./pull-request.ts";
import { ownerAndName } from "./repository.ts";
import { checkRun, type RunFacts } from "./verdict-run.ts";

/** A run of a pull request's own code: what GitHub says about it. Its artifacts are data of unknown origin. */
export interface MeasuredRun {
  facts: RunFacts;
  /** The open pull request whose head the run tested; absent when the head has moved on or it was closed. */
  pull?: PullRequest;
  artifacts: ListedArtifact[];
  /** Why its documents are not believed. */
  problems: Problem[];
}

/** Looks a pull request's run up; `workflow` is the path of the only workflow that is believed. */
export async function measuredRun(client: Client, repo: string, runId: number, workflow: string): Promise<MeasuredRun> {
  const { facts, problems } = await checkRun(client, repo, runId, {
    workflow,
    events: ["pull_request"],
    conclusion: "any",
    fork: true,
  });
  if (problems.length > 0 || facts.headRepository === undefined || facts.branch === undefined)
    return { facts, artifacts: [], problems };
  const pulls = await pullRequestsOfHead(client, repo, {
    sha: facts.sha,
    branch: facts.branch,
    repository: facts.headRepository,
  });
  const [pull, second] = pulls;
  if (second !== undefined) {
    const text = `The commit ${facts.sha} is the head of ${pulls.length} open pull requests, and one status cannot speak for all of them.`;
    return {
      facts,
      artifacts: [],
      problems: [{ code: "pull-request-ambiguous", text, next: "Close all but one of them, or push another commit." }],
    };
  }
  if (pull === undefined) return { facts, artifacts: [], problems: [] };
  return { facts, pull, artifacts: await artifactsOfRun(client, repo, runId), problems: [] };
}

/** Whether a commit is what a run of this head tested: the head itself, or a merge of it. `parents` are undefined where GitHub does not know it. */
export function testsHead(sha: string, parents: readonly string[] | undefined, head: string): boolean {
  return sha === head || (parents?.length === 2 && parents[1] === head);
}

/** The commit that a branch stands at. */
export async function tipOf(client: Client, repo: string, branch: string): Promise<string> {
  const { data } = await client.api.rest.git.getRef({ ...ownerAndName(repo), ref: `heads/${branch}` });
  return data.object.sha;
}
