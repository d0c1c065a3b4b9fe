import type { Client } from "./client.ts";
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
  const reviews = await client.api.paginate(client.api.rest.pulls.listReviews, {
    ...ownerAndName(repo),
    pull_number: pull.number,
    per_page: 100,
  });
  const last = new Map<string, string>();
  for (const { user, state, commit_id } of reviews) {
    if (user === null || user.login === pull.user?.login || commit_id !== pull.head.sha) continue;
    if (state === "APPROVED" || state === "CHANGES_REQUESTED" || state === "DISMISSED") last.set(user.login, state);
  }
  if ([...last.values()].includes("CHANGES_REQUESTED")) return undefined;
  const approvers = [...last].filter(([, state]) => state === "APPROVED").map(([login]) => login);
  return approvers.length === 0 ? undefined : approvers.sort();
}
