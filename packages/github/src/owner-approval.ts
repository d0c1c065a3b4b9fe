import { codeOwners } from "@metricgate/core/plan/code-owners";
import type { Client } from "./client.ts";
import { decidingReviews } from "./deciding-reviews.ts";
import { failureOf } from "./patience.ts";
import { fileAt } from "./policy-at.ts";
import type { PullRequest } from "./pull-request.ts";
import { ownerAndName } from "./repository.ts";

const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/**
 * The owners of a file who approved exactly this head of the pull request: people whom the base's CODEOWNERS names for it, and, where it names
 * teams or nobody, people who may administer or maintain the repository. The author is never among them; a later review of theirs counts, not an earlier one.
 */
export async function ownersWhoApproved(
  client: Client,
  repo: string,
  pull: PullRequest,
  path: string,
  baseSha: string,
): Promise<string[]> {
  const approvers = await approversOfHead(client, repo, pull);
  if (approvers.length === 0) return [];
  const owners = await ownersAt(client, repo, path, baseSha);
  const named = new Set(owners.filter((owner) => /^@[^/]+$/.test(owner)).map((owner) => owner.slice(1).toLowerCase()));
  const byRole = owners.length === 0 || owners.some((owner) => owner.includes("/"));
  const found: string[] = [];
  for (const login of approvers) {
    if (named.has(login.toLowerCase()) || (byRole && (await maintains(client, repo, login)))) found.push(login);
  }
  return found.sort();
}

async function approversOfHead(client: Client, repo: string, pull: PullRequest): Promise<string[]> {
  const last = new Map<string, string>();
  for (const { login, state, sha } of await decidingReviews(client, repo, pull))
    last.set(login, state === "APPROVED" && sha !== pull.headSha ? "STALE" : state);
  return [...last].flatMap(([login, state]) => (state === "APPROVED" ? [login] : []));
}

async function ownersAt(client: Client, repo: string, path: string, sha: string): Promise<string[]> {
  for (const place of places) {
    const bytes = await fileAt(client, repo, place, sha);
    if (bytes !== undefined) return codeOwners(new TextDecoder().decode(bytes), path);
  }
  return [];
}

async function maintains(client: Client, repo: string, username: string): Promise<boolean> {
  try {
    const { data } = await client.api.rest.repos.getCollaboratorPermissionLevel({ ...ownerAndName(repo), username });
    return data.permission === "admin" || data.role_name === "maintain";
  } catch (error) {
    // Whoever is no collaborator is answered with 404.
    if (failureOf(error).status === 404) return false;
    throw error;
  }
}
