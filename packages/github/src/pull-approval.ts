import type { Client } from "./client.ts";
import { decidingReviews } from "./deciding-reviews.ts";
import { ownerAndName } from "./repository.ts";

/**
 * Who approved the pull request that brought a commit to its branch: the reviewers whose last review of its head approves, nobody among
 * them the author. Absent when there is no such merged pull request, or when a review of its head asks for changes.
 */
export async function approversOf(client: Client, repo: string, sha: string): Promise<string[] | undefined> {
  const { data: pulls } = await client.api.rest.repos.listPullRequestsAssociatedWithCommit({
    ...ownerAndName(repo),
    commit_sha: sha,
    per_page: 100,
  });
  const pull = pulls.find(({ merge_commit_sha, merged_at }) => merged_at !== null && merge_commit_sha === sha);
  if (pull === undefined) return undefined;
  const last = new Map<string, string>();
  for (const { login, state, sha } of await decidingReviews(client, repo, {
    number: pull.number,
    author: pull.user?.login,
  }))
    if (sha === pull.head.sha) last.set(login, state);
  if ([...last.values()].includes("CHANGES_REQUESTED")) return undefined;
  const approvers = [...last].filter(([, state]) => state === "APPROVED").map(([login]) => login);
  return approvers.length === 0 ? undefined : approvers.sort();
}
