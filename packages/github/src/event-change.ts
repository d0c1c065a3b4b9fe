import type { Change } from "@metricgate/core/ports/change";
import { commitAt, countAt, member, textAt } from "./payload.ts";

/** What git or GitHub knows about commits. */
export interface CommitLook {
  /** The parents of a commit, first one first. */
  parents(sha: string): Promise<string[] | undefined>;
  /** The committer date, ISO 8601 in UTC. */
  committedAt(sha: string): Promise<string | undefined>;
  /** Where `head` left `base`, a branch or a commit. */
  mergeBase?(base: string, head: string): Promise<string | undefined>;
  /** The commit of the work tree, when there is one. */
  checkedOut?(): Promise<string | undefined>;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Base = NonNullable<Change["base"]>;
type Part = Omit<Change, "event" | "repository" | "run" | "committedAt">;

/**
 * What is being tested, from the runner's environment, the event's payload and git.
 * The base of a pull request is what GitHub merged it into, the first parent of the tested merge commit: the payload's
 * `base.sha` may be older. Only a push to a branch, the default one, records a baseline; a tag of that name does not.
 */
export async function changeFromEvent(env: Environment, payload: unknown, look: CommitLook): Promise<Change> {
  const event = env.GITHUB_EVENT_NAME || "local";
  const part = await partOf(event, env, payload, look);
  const committedAt = part.sha === undefined ? undefined : await look.committedAt(part.sha);
  const repository = env.GITHUB_REPOSITORY || textAt(payload, "repository", "full_name");
  const run = runOf(env, event);
  return {
    event,
    ...(repository === undefined ? {} : { repository }),
    ...part,
    ...(committedAt === undefined ? {} : { committedAt }),
    ...(run === undefined ? {} : { run }),
  };
}

function partOf(event: string, env: Environment, payload: unknown, look: CommitLook): Promise<Part> {
  if (event === "pull_request" || event === "pull_request_target") return pullRequest(event, env, payload, look);
  if (event === "merge_group") return mergeGroup(env, payload, look);
  if (event === "workflow_run") return workflowRun(env, payload);
  return branchOrTag(event, env, payload, look);
}

async function pullRequest(event: string, env: Environment, payload: unknown, look: CommitLook): Promise<Part> {
  const headSha = commitAt(payload, "pull_request", "head", "sha");
  const branch = textAt(payload, "pull_request", "base", "ref");
  const number = countAt(payload, "pull_request", "number");
  const checkedOut = await look.checkedOut?.();
  // With pull_request_target GITHUB_SHA is a commit of the base branch, which is not what was proposed.
  const merged = event === "pull_request" ? commitAt(env, "GITHUB_SHA") : undefined;
  const sha = headSha !== undefined && (checkedOut === headSha || merged === undefined) ? headSha : merged;
  const base = branch === undefined ? undefined : await baseOfPull(branch, sha, headSha, look);
  const from = textAt(payload, "pull_request", "head", "repo", "full_name");
  const into = textAt(payload, "pull_request", "base", "repo", "full_name");
  return {
    ...shaAndRef(sha, env),
    ...(headSha === undefined ? {} : { headSha }),
    ...(number === undefined ? {} : { pullRequest: number }),
    // A fork that was deleted has no repository any more.
    fork: from === undefined || from !== into,
    dependabot: textAt(payload, "pull_request", "user", "login") === "dependabot[bot]",
    ...(base === undefined ? {} : { base }),
    recordsBaseline: false,
  };
}

async function baseOfPull(
  branch: string,
  sha: string | undefined,
  headSha: string | undefined,
  look: CommitLook,
): Promise<Base> {
  if (sha === undefined) return { branch };
  if (sha === headSha) return withSha(branch, await look.mergeBase?.(branch, sha));
  const parents = await look.parents(sha);
  return withSha(branch, parents?.length === 2 ? parents[0] : await look.mergeBase?.(branch, sha));
}

async function mergeGroup(env: Environment, payload: unknown, look: CommitLook): Promise<Part> {
  const sha = commitAt(env, "GITHUB_SHA") ?? commitAt(payload, "merge_group", "head_sha");
  const branch = textAt(payload, "merge_group", "base_ref")?.replace(/^refs\/heads\//, "");
  const baseSha = commitAt(payload, "merge_group", "base_sha") ?? (sha && (await look.parents(sha))?.[0]);
  return {
    ...shaAndRef(sha, env),
    ...(sha === undefined ? {} : { headSha: sha }),
    ...(branch === undefined ? {} : { base: withSha(branch, baseSha) }),
    recordsBaseline: false,
  };
}

/** The trusted run after a pull request's own: what was tested is told by GitHub about that run, never by its artifacts. */
async function workflowRun(env: Environment, payload: unknown): Promise<Part> {
  const about = member(payload, "workflow_run");
  const headSha = commitAt(about, "head_sha");
  const pulls = member(about, "pull_requests");
  const pull: unknown = Array.isArray(pulls) && pulls.length === 1 ? pulls[0] : undefined;
  const number = countAt(pull, "number");
  const branch = textAt(pull, "base", "ref");
  const from = textAt(about, "head_repository", "full_name");
  const into = textAt(about, "repository", "full_name") ?? textAt(payload, "repository", "full_name");
  // The run of a pull request tested a merge commit, which this event does not name.
  const sha = textAt(about, "event") === "pull_request" ? undefined : headSha;
  return {
    ...shaAndRef(sha, env),
    ...(headSha === undefined ? {} : { headSha }),
    ...(number === undefined ? {} : { pullRequest: number }),
    fork: from === undefined || from !== into,
    dependabot: textAt(about, "actor", "login") === "dependabot[bot]",
    ...(branch === undefined ? {} : { base: { branch } }),
    recordsBaseline: false,
  };
}

async function branchOrTag(event: string, env: Environment, payload: unknown, look: CommitLook): Promise<Part> {
  const sha = commitAt(env, "GITHUB_SHA") ?? (await look.checkedOut?.());
  const ref = textAt(env, "GITHUB_REF");
  const main = textAt(payload, "repository", "default_branch");
  const onMain = main !== undefined && ref === `refs/heads/${main}`;
  const base = main === undefined || sha === undefined ? undefined : await baseOfPush(main, sha, onMain, payload, look);
  return {
    ...shaAndRef(sha, env),
    ...(sha === undefined ? {} : { headSha: sha }),
    ...(base === undefined ? {} : { base }),
    recordsBaseline: event === "push" && onMain && member(payload, "deleted") !== true,
  };
}

/** A push is compared with where its branch stood before; a forced one has left that behind. */
async function baseOfPush(
  main: string,
  sha: string,
  onMain: boolean,
  payload: unknown,
  look: CommitLook,
): Promise<Base> {
  if (onMain) {
    const before = member(payload, "forced") === true ? undefined : commitAt(payload, "before");
    return withSha(main, before ?? (await look.parents(sha))?.[0]);
  }
  const left = await look.mergeBase?.(main, sha);
  // A tag on the base branch is where it left it: then its parent is what came before.
  return withSha(main, left === sha ? (await look.parents(sha))?.[0] : left);
}

function withSha(branch: string, sha: string | undefined): Base {
  return sha === undefined ? { branch } : { branch, sha };
}

function shaAndRef(sha: string | undefined, env: Environment): { sha?: string; ref?: string } {
  const ref = textAt(env, "GITHUB_REF");
  return { ...(sha === undefined ? {} : { sha }), ...(ref === undefined ? {} : { ref }) };
}

function runOf(env: Environment, event: string): Change["run"] {
  const id = Number(env.GITHUB_RUN_ID);
  const attempt = Number(env.GITHUB_RUN_ATTEMPT || "1");
  const workflow = workflowPathOf(env);
  if (!Number.isSafeInteger(id) || id <= 0 || !Number.isSafeInteger(attempt) || workflow === undefined)
    return undefined;
  return { id, attempt, workflow, event };
}

/** `.github/workflows/gate.yml` of `octo/ml/.github/workflows/gate.yml@refs/heads/main`. */
function workflowPathOf(env: Environment): string | undefined {
  const ref = textAt(env, "GITHUB_WORKFLOW_REF");
  return ref === undefined ? undefined : /^[^/]+\/[^/]+\/([^@]+)@/.exec(ref)?.[1];
}
