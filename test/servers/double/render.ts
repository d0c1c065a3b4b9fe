import { readCommit } from "./git-objects.ts";
import type { World } from "./route.ts";
import type { IssueComment, PullRequest, WorkflowRun } from "./state.ts";

const site = "https://github.com";

/** A user as GitHub shows it inside other objects. */
export function user(login: string): Record<string, unknown> {
  const bot = login.endsWith("[bot]");
  return { login, id: login.length * 1009, type: bot ? "Bot" : "User", site_admin: false };
}

/** The short repository object of runs and pull requests. */
export function shortRepository(
  world: World,
  fullName = `${world.state.owner}/${world.state.name}`,
): Record<string, unknown> {
  const own = fullName === `${world.state.owner}/${world.state.name}`;
  const [owner = "", name = ""] = fullName.split("/");
  return {
    id: own ? world.state.id : world.state.id + fullName.length,
    name,
    full_name: fullName,
    private: world.state.private,
    owner: user(owner),
    fork: !own,
    html_url: `${site}/${fullName}`,
    url: `${world.apiUrl}/repos/${fullName}`,
    default_branch: world.state.defaultBranch,
  };
}

/** The base URL of the repository's routes. */
export function repositoryUrl(world: World): string {
  return `${world.apiUrl}/repos/${world.state.owner}/${world.state.name}`;
}

/** The base URL of the repository's pages. */
export function repositoryPage(world: World): string {
  return `${site}/${world.state.owner}/${world.state.name}`;
}

/** A commit of the git data API. */
export function gitCommit(world: World, sha: string): Record<string, unknown> {
  const commit = readCommit(world.state.objects, sha);
  return {
    sha,
    url: `${repositoryUrl(world)}/git/commits/${sha}`,
    html_url: `${repositoryPage(world)}/commit/${sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${repositoryUrl(world)}/git/trees/${commit.tree}` },
    parents: commit.parents.map((parent) => ({ sha: parent, url: `${repositoryUrl(world)}/git/commits/${parent}` })),
    verification: { verified: false, reason: "unsigned", signature: null, payload: null },
  };
}

/** A commit of the repository API: the git commit one level down. */
export function repositoryCommit(world: World, sha: string): Record<string, unknown> {
  const { author, committer, message, tree, parents } = gitCommit(world, sha);
  return {
    sha,
    url: `${repositoryUrl(world)}/commits/${sha}`,
    html_url: `${repositoryPage(world)}/commit/${sha}`,
    commit: { author, committer, message, tree, comment_count: 0 },
    author: null,
    committer: null,
    parents,
  };
}

export function pullRequest(world: World, pull: PullRequest): Record<string, unknown> {
  return {
    id: pull.number * 11,
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    merged: pull.merged,
    user: user(pull.author),
    labels: pull.labels.map((name) => ({ name })),
    url: `${repositoryUrl(world)}/pulls/${pull.number}`,
    html_url: `${repositoryPage(world)}/pull/${pull.number}`,
    head: {
      ref: pull.head.ref,
      sha: pull.head.sha,
      label: `${pull.head.repository.split("/")[0]}:${pull.head.ref}`,
      repo: shortRepository(world, pull.head.repository),
    },
    base: {
      ref: pull.base.ref,
      sha: pull.base.sha,
      label: `${world.state.owner}:${pull.base.ref}`,
      repo: shortRepository(world),
    },
  };
}

export function issueComment(world: World, comment: IssueComment): Record<string, unknown> {
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${repositoryUrl(world)}/issues/comments/${comment.id}`,
    html_url: `${repositoryPage(world)}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(world)}/issues/${comment.issue}`,
    body: comment.body,
    user: user(comment.author),
    author_association: "NONE",
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    performed_via_github_app: comment.fromApp ? { id: 15368, slug: "github-actions" } : null,
  };
}

export function workflowRun(world: World, run: WorkflowRun): Record<string, unknown> {
  const url = `${repositoryUrl(world)}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    display_title: run.name,
    path: run.path,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    run_attempt: run.attempt,
    run_number: run.id,
    workflow_id: workflowId(run.path),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    created_at: run.createdAt,
    updated_at: run.createdAt,
    run_started_at: run.createdAt,
    actor: user(run.actor),
    triggering_actor: user(run.actor),
    repository: shortRepository(world),
    head_repository: shortRepository(world, run.headRepository),
    pull_requests: world.state.pulls
      .filter((pull) => run.pullRequests.includes(pull.number))
      .map((pull) => ({ number: pull.number, head: { sha: pull.head.sha }, base: { sha: pull.base.sha } })),
    url,
    html_url: `${repositoryPage(world)}/actions/runs/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    jobs_url: `${url}/jobs`,
  };
}

/** A workflow's id, the same for the same file. */
export function workflowId(path: string): number {
  return [...path].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}
