import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Client } from "./client.ts";
import type { CommitLook } from "./event-change.ts";
import { failureOf } from "./patience.ts";
import { ownerAndName } from "./repository.ts";

/** Runs git with arguments and gives its output; `undefined` when it failed. */
export type Git = (...args: string[]) => Promise<string | undefined>;

/** Git in a folder. It reads only, and never asks for a password. Where there is no repository no process is started. */
export function gitIn(directory: string): Git {
  const inRepository = process.env.GIT_DIR !== undefined || hasRepository(directory);
  return (...args) =>
    new Promise((resolve) => {
      if (!inRepository) return resolve(undefined);
      const env = { ...process.env, GIT_TERMINAL_PROMPT: "0" };
      execFile("git", args, { cwd: directory, env, timeout: 30_000, maxBuffer: 16_000_000 }, (error, out) =>
        resolve(error ? undefined : out),
      );
    });
}

function hasRepository(directory: string): boolean {
  const parent = dirname(directory);
  return existsSync(join(directory, ".git")) || (parent !== directory && hasRepository(parent));
}

/** Looks a commit up in git first, which works in a shallow clone for the tested commit itself, then at GitHub. */
export function commitLook(o: { git: Git; client?: Client; repo?: string }): Required<CommitLook> {
  const known = new Map<string, Promise<Commit | undefined>>();
  const commit = (sha: string): Promise<Commit | undefined> => {
    let looked = known.get(sha);
    if (looked === undefined) {
      looked = local(o.git, sha).then((found) => found ?? remote(o.client, o.repo, sha));
      known.set(sha, looked);
    }
    return looked;
  };
  return {
    parents: async (sha) => (await commit(sha))?.parents,
    committedAt: async (sha) => (await commit(sha))?.committedAt,
    mergeBase: (base, head) => mergeBase(o, base, head),
    checkedOut: async () => (await o.git("rev-parse", "--verify", "HEAD^{commit}"))?.trim(),
  };
}

interface Commit {
  parents: string[];
  committedAt?: string;
}

/** Reads the raw commit, whose parents are told even where a shallow clone lacks them. */
async function local(git: Git, sha: string): Promise<Commit | undefined> {
  const raw = await git("cat-file", "commit", sha);
  if (raw === undefined) return undefined;
  const header = raw.slice(0, raw.indexOf("\n\n"));
  const seconds = /^committer .* (\d+) [+-]\d{4}$/m.exec(header)?.[1];
  return {
    parents: [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].flatMap((match) => match[1] ?? []),
    ...(seconds === undefined ? {} : { committedAt: isoSeconds(Number(seconds) * 1000) }),
  };
}

async function remote(client: Client | undefined, repo: string | undefined, sha: string): Promise<Commit | undefined> {
  if (client === undefined || repo === undefined) return undefined;
  return unlessAbsent(async () => {
    const { data } = await client.api.rest.git.getCommit({ ...ownerAndName(repo), commit_sha: sha });
    return {
      parents: data.parents.map((parent) => parent.sha),
      committedAt: isoSeconds(Date.parse(data.committer.date)),
    };
  });
}

async function mergeBase(
  o: { git: Git; client?: Client; repo?: string },
  base: string,
  head: string,
): Promise<string | undefined> {
  const { client, repo } = o;
  if (client !== undefined && repo !== undefined) {
    return unlessAbsent(async () => {
      const basehead = `${base}...${head}`;
      const { data } = await client.api.rest.repos.compareCommitsWithBasehead({
        ...ownerAndName(repo),
        basehead,
        per_page: 1,
      });
      return data.merge_base_commit.sha;
    });
  }
  const found = (await o.git("merge-base", `origin/${base}`, head)) ?? (await o.git("merge-base", base, head));
  return found?.trim();
}

/** GitHub says in three ways that it has no such commit: not found, no commits at all, no object of that name. */
const absences = [404, 409, 422];

async function unlessAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const { status } = failureOf(error);
    if (status !== undefined && absences.includes(status)) return undefined;
    throw error;
  }
}

/** ISO 8601 in UTC with whole seconds. */
function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
