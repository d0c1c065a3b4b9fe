/** An event as a job sees it: the variables, the payload, and the scopes of its cache token. */
export interface RunnerEvent {
  name: string;
  sha: string;
  ref: string;
  refName: string;
  headRef: string;
  baseRef: string;
  actor: string;
  payload: Record<string, unknown>;
  /** 1 reads, 3 reads and writes. */
  cacheScopes: { scope: string; access: number }[];
  /** Forks and Dependabot get a token that only reads, whatever `permissions:` says. */
  readOnly: boolean;
}

const repository = "octo/ml";

function repositoryObject(fullName: string): Record<string, unknown> {
  const [owner = "", name = ""] = fullName.split("/");
  return {
    id: 7001,
    name,
    full_name: fullName,
    default_branch: "main",
    owner: { login: owner },
    fork: fullName !== repository,
  };
}

/** A push of a branch. */
export function pushEvent(given: {
  sha: string;
  before?: string;
  branch?: string;
  actor?: string;
  repository?: string;
}): RunnerEvent {
  const branch = given.branch ?? "main";
  const ref = `refs/heads/${branch}`;
  const actor = given.actor ?? "octocat";
  return {
    name: "push",
    sha: given.sha,
    ref,
    refName: branch,
    headRef: "",
    baseRef: "",
    actor,
    payload: {
      ref,
      before: given.before ?? "0".repeat(40),
      after: given.sha,
      head_commit: { id: given.sha },
      repository: repositoryObject(given.repository ?? repository),
      sender: { login: actor },
    },
    cacheScopes: [{ scope: ref, access: 3 }],
    readOnly: false,
  };
}

export interface PullRequestFacts {
  number: number;
  headSha: string;
  baseSha: string;
  /** The tested merge commit; the head when left out. */
  mergeSha?: string;
  headRef?: string;
  baseRef?: string;
  /** `owner/name` of the head; another repository makes it a fork. */
  headRepository?: string;
  repository?: string;
  author?: string;
  actor?: string;
  action?: string;
  labels?: readonly string[];
}

/** A `pull_request` event; from a fork when `headRepository` says so. */
export function pullRequestEvent(given: PullRequestFacts): RunnerEvent {
  const own = given.repository ?? repository;
  const from = given.headRepository ?? own;
  const [headRef, baseRef] = [given.headRef ?? "feature", given.baseRef ?? "main"];
  const author = given.author ?? "octocat";
  const actor = given.actor ?? author;
  const ref = `refs/pull/${given.number}/merge`;
  const readOnly = from !== own || actor === "dependabot[bot]";
  return {
    name: "pull_request",
    sha: given.mergeSha ?? given.headSha,
    ref,
    refName: `${given.number}/merge`,
    headRef,
    baseRef,
    actor,
    payload: {
      action: given.action ?? "synchronize",
      number: given.number,
      pull_request: {
        number: given.number,
        state: "open",
        draft: false,
        title: `Pull request ${given.number}`,
        body: "",
        user: { login: author, type: author.endsWith("[bot]") ? "Bot" : "User" },
        labels: (given.labels ?? []).map((name) => ({ name })),
        head: { ref: headRef, sha: given.headSha, repo: repositoryObject(from) },
        base: { ref: baseRef, sha: given.baseSha, repo: repositoryObject(own) },
      },
      repository: repositoryObject(own),
      sender: { login: actor },
    },
    cacheScopes: [
      { scope: ref, access: readOnly ? 1 : 3 },
      { scope: `refs/heads/${baseRef}`, access: 1 },
    ],
    readOnly,
  };
}

/** Dependabot's pull request: a branch of the same repository, and yet a token that only reads. */
export function dependabotEvent(given: PullRequestFacts): RunnerEvent {
  return pullRequestEvent({ headRef: "dependabot/pip/numpy-2", ...given, author: "dependabot[bot]" });
}

/** A merge queue's group. */
export function mergeGroupEvent(given: { sha: string; baseSha: string; baseRef?: string }): RunnerEvent {
  const baseRef = `refs/heads/${given.baseRef ?? "main"}`;
  const ref = `refs/heads/gh-readonly-queue/${given.baseRef ?? "main"}/pr-1-${given.baseSha}`;
  return {
    name: "merge_group",
    sha: given.sha,
    ref,
    refName: ref.replace("refs/heads/", ""),
    headRef: "",
    baseRef: "",
    actor: "github-merge-queue[bot]",
    payload: {
      action: "checks_requested",
      merge_group: { head_sha: given.sha, head_ref: ref, base_sha: given.baseSha, base_ref: baseRef },
      repository: repositoryObject(repository),
      sender: { login: "github-merge-queue[bot]" },
    },
    cacheScopes: [
      { scope: ref, access: 3 },
      { scope: baseRef, access: 1 },
    ],
    readOnly: false,
  };
}

/** A hand-started run. */
export function workflowDispatchEvent(given: {
  sha: string;
  branch?: string;
  inputs?: Record<string, string>;
  actor?: string;
}): RunnerEvent {
  const push = pushEvent(given);
  const { repository: own, sender } = push.payload;
  return {
    ...push,
    name: "workflow_dispatch",
    payload: { ref: push.ref, inputs: given.inputs ?? {}, repository: own, sender },
  };
}

/** The run that follows another one, with the trusted branch's code and token. */
export function workflowRunEvent(given: { sha: string; run: Record<string, unknown>; branch?: string }): RunnerEvent {
  const push = pushEvent(given);
  const { repository: own, sender } = push.payload;
  return {
    ...push,
    name: "workflow_run",
    payload: { action: "completed", workflow_run: given.run, repository: own, sender },
  };
}
