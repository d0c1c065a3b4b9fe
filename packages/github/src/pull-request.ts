import type { Client } from "./client.ts";
import { ownerAndName } from "./repository.ts";

/** A pull request as GitHub knows it now. */
export interface PullRequest {
  number: number;
  headSha: string;
  headRepository?: string;
  base: { branch: string; sha: string };
  author?: string;
  open: boolean;
}

/** The head of a run, as the event of the trusted run tells it. */
export interface RunHead {
  sha: string;
  branch: string;
  /** OWNER/NAME, of a fork too. */
  repository: string;
}

interface Listed {
  number: number;
  state: string;
  user: { login: string } | null;
  head: { sha: string; repo: { full_name: string } | null };
  base: { ref: string; sha: string };
}

/** One pull request; its head tells whether what was judged is stale. */
export async function pullRequest(client: Client, repo: string, number: number): Promise<PullRequest> {
  const { data } = await client.api.rest.pulls.get({ ...ownerAndName(repo), pull_number: number });
  return pullOf(data);
}

/**
 * The open pull requests whose head is exactly this commit of this repository: the event names none for a fork, and what
 * an artifact says about it is not to be believed. Empty when the head has moved on.
 */
export async function pullRequestsOfHead(client: Client, repo: string, head: RunHead): Promise<PullRequest[]> {
  const { owner } = ownerAndName(head.repository);
  const all = await client.api.paginate(client.api.rest.pulls.list, {
    ...ownerAndName(repo),
    state: "open",
    head: `${owner}:${head.branch}`,
    per_page: 100,
  });
  const same = (name: string | undefined) => name?.toLowerCase() === head.repository.toLowerCase();
  return all.map(pullOf).filter((pull) => pull.headSha === head.sha && same(pull.headRepository));
}

/** A file that a pull request touches, with the name that it had before. */
export interface ChangedFile {
  path: string;
  previous?: string;
}

const mostListed = 3000;

/** The files that a pull request touches. GitHub lists 3,000; `complete` is false when there may be more. */
export async function changedFiles(
  client: Client,
  repo: string,
  number: number,
): Promise<{ files: ChangedFile[]; complete: boolean }> {
  const listed = await client.api.paginate(client.api.rest.pulls.listFiles, {
    ...ownerAndName(repo),
    pull_number: number,
    per_page: 100,
  });
  const files = listed.map((file) => ({
    path: file.filename,
    ...(file.previous_filename === undefined ? {} : { previous: file.previous_filename }),
  }));
  return { files, complete: files.length < mostListed };
}

function pullOf(pull: Listed): PullRequest {
  const headRepository = pull.head.repo?.full_name;
  return {
    number: pull.number,
    headSha: pull.head.sha,
    base: { branch: pull.base.ref, sha: pull.base.sha },
    open: pull.state === "open",
    ...(headRepository === undefined ? {} : { headRepository }),
    ...(pull.user === null ? {} : { author: pull.user.login }),
  };
}
