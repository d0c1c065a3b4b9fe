import type { Client } from "./client.ts";
import type { Git } from "./commit-look.ts";
import { ownerAndName } from "./repository.ts";

/** Commits that are listed, and files that GitHub lists of a comparison. */
const mostCommits = 100;
const mostCompared = 300;

/** What lies between two commits: the newest commits first (of more than 100, GitHub lists the oldest), and the files that differ. */
export interface Between {
  commits: { sha: string; title: string }[];
  total: number;
  files: string[];
  complete: boolean;
}

/** The commits and files between two commits, by git where it has both, by GitHub otherwise; nothing where neither can tell. */
export async function commitsBetween(
  from: string,
  to: string,
  { git, client, repo }: { git: Git; client?: () => Promise<Client>; repo?: string },
): Promise<Between | undefined> {
  return (await byGit(git, from, to)) ?? (await byGitHub(from, to, client, repo));
}

async function byGit(git: Git, from: string, to: string): Promise<Between | undefined> {
  const files = await git("diff", "--name-only", "--no-renames", "-z", "--end-of-options", from, to);
  const range = `${from}..${to}`;
  const count = await git("rev-list", "--count", "--end-of-options", range);
  const log = await git("log", "--format=%H %s", `--max-count=${mostCommits}`, "--end-of-options", range);
  // A shallow clone that has both commits may lack those between them, and count too few.
  const shallow = (await git("rev-parse", "--is-shallow-repository"))?.trim() !== "false";
  if (files === undefined || count === undefined || log === undefined || shallow) return undefined;
  const lines = log.split("\n").filter((line) => line !== "");
  return {
    commits: lines.map((line) => ({ sha: line.slice(0, line.indexOf(" ")), title: line.slice(line.indexOf(" ") + 1) })),
    total: Number(count),
    files: files.split("\0").filter((path) => path !== ""),
    complete: true,
  };
}

async function byGitHub(
  from: string,
  to: string,
  client: (() => Promise<Client>) | undefined,
  repo: string | undefined,
): Promise<Between | undefined> {
  if (client === undefined || repo === undefined) return undefined;
  const { data } = await (await client()).api.rest.repos.compareCommitsWithBasehead({
    ...ownerAndName(repo),
    basehead: `${from}...${to}`,
    per_page: mostCommits,
  });
  const files = data.files ?? [];
  const commits = data.commits.map(({ sha, commit }) => ({ sha, title: commit.message.split("\n", 1)[0] ?? "" }));
  return {
    commits: commits.reverse(),
    total: data.total_commits,
    files: files.map(({ filename }) => filename),
    complete: files.length < mostCompared,
  };
}
