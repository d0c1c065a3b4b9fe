import { execFileSync } from "node:child_process";
import { putObject, treeOf, writeCommit } from "./git-objects.ts";
import type { World } from "./route.ts";
import { type Approval, type PullRequest, type StoredArtifact, takeId, type WorkflowRun } from "./state.ts";

/** Copies every object and every branch and tag of a local repository; SHAs stay the same. */
export function loadRepository(world: World, folder: string): void {
  const git = (args: readonly string[], input?: string) =>
    execFileSync("git", ["-C", folder, ...args], { maxBuffer: 1 << 30, ...(input === undefined ? {} : { input }) });
  const listed = git(["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]).toString("utf8");
  const all = git(["cat-file", "--batch"], listed);
  for (let at = 0; at < all.length; ) {
    const line = all.indexOf(0x0a, at);
    const [, type, size] = all.toString("latin1", at, line).split(" ");
    const end = line + 1 + Number(size);
    if (type === "blob" || type === "tree" || type === "commit" || type === "tag") {
      putObject(world.state.objects, type, Buffer.from(all.subarray(line + 1, end)));
    }
    at = end + 1;
  }
  for (const ref of git(["for-each-ref", "--format=%(objectname) %(refname)"]).toString("utf8").trim().split("\n")) {
    const [sha = "", name = ""] = ref.split(" ");
    if (name.startsWith("refs/heads/") || name.startsWith("refs/tags/")) world.state.refs.set(name, sha);
  }
}

export interface SeedCommit {
  files: Readonly<Record<string, string | Uint8Array>>;
  message?: string;
  parents?: readonly string[];
  /** ISO 8601; author and committer date. */
  date?: string;
  /** Moved to the new commit; without it no ref changes. */
  branch?: string;
}

/** Writes a commit with exactly these files and returns its SHA. The message ends in a line break, as git's do. */
export function addCommit(world: World, commit: SeedCommit): string {
  const { objects, refs } = world.state;
  const files = Object.entries(commit.files).map(([path, content]): [string, { sha: string; mode: string }] => [
    path,
    { sha: putObject(objects, "blob", Buffer.from(content)), mode: "100644" },
  ]);
  const person = { name: "Octo Cat", email: "octo@example.com", date: commit.date ?? "2026-01-01T00:00:00Z" };
  const sha = writeCommit(objects, {
    tree: treeOf(objects, files),
    parents: [...(commit.parents ?? [])],
    author: person,
    committer: person,
    message: `${commit.message ?? "A commit"}\n`,
  });
  if (commit.branch !== undefined) refs.set(`refs/heads/${commit.branch}`, sha);
  return sha;
}

export interface SeedPull extends Partial<Omit<PullRequest, "head" | "base" | "number">> {
  number: number;
  head: { ref: string; sha: string; repository?: string };
  base?: { ref?: string; sha?: string };
}

/** Opens a pull request and sets `refs/pull/N/head`. A fork is a head in another repository. */
export function addPullRequest(world: World, pull: SeedPull): PullRequest {
  const { state } = world;
  const ref = pull.base?.ref ?? state.defaultBranch;
  const added: PullRequest = {
    title: `Pull request ${pull.number}`,
    body: "",
    state: "open",
    merged: false,
    draft: false,
    author: "octocat",
    labels: [],
    ...pull,
    head: { ...pull.head, repository: pull.head.repository ?? `${state.owner}/${state.name}` },
    base: { ref, sha: pull.base?.sha ?? state.refs.get(`refs/heads/${ref}`) ?? "" },
  };
  state.pulls.push(added);
  state.refs.set(`refs/pull/${pull.number}/head`, pull.head.sha);
  return added;
}

export type SeedRun = Partial<WorkflowRun> & { headSha: string };

/** Adds a finished, successful push run of `.github/workflows/ci.yml`, changed by what is given. */
export function addRun(world: World, run: SeedRun): WorkflowRun {
  const { state } = world;
  const added: WorkflowRun = {
    id: takeId(state),
    attempt: 1,
    name: "ci",
    path: ".github/workflows/ci.yml",
    event: "push",
    headBranch: state.defaultBranch,
    headRepository: `${state.owner}/${state.name}`,
    status: "completed",
    conclusion: "success",
    actor: "octocat",
    createdAt: world.now().toISOString(),
    pullRequests: [],
    ...run,
  };
  state.runs.push(added);
  return added;
}

/** Records that a reviewer let (or did not let) the run's job into its environments. */
export function addApproval(
  world: World,
  run: number,
  approval: Partial<Approval> & { user: string; environments: string[] },
): void {
  const list = world.state.approvals.get(run) ?? [];
  list.push({ state: "approved", comment: "", ...approval });
  world.state.approvals.set(run, list);
}

/** Stores a finished artifact of a run, without a client. `bytes` is the zip itself. */
export async function addArtifact(
  world: World,
  artifact: { run: number; attempt?: number; name: string; bytes: Uint8Array; mimeType?: string; expired?: boolean },
): Promise<StoredArtifact> {
  const id = takeId(world.state);
  const blob = `artifact-${id}`;
  await world.blobs.put(blob, artifact.bytes);
  const stored = await world.blobs.stat(blob);
  const added: StoredArtifact = {
    id,
    run: artifact.run,
    attempt: artifact.attempt ?? 1,
    name: artifact.name,
    blob,
    mimeType: artifact.mimeType ?? "application/zip",
    size: stored?.size ?? 0,
    digest: `sha256:${stored?.sha256 ?? ""}`,
    createdAt: world.now().toISOString(),
    expired: artifact.expired ?? false,
  };
  world.state.artifacts.push(added);
  return added;
}
