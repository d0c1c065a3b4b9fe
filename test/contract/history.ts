import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A git repository with a short history, oldest first: `c3` merges `side` into main, and `outside` is merged nowhere. */
export interface History {
  folder: string;
  c1: string;
  c2: string;
  side: string;
  c3: string;
  c4: string;
  outside: string;
}

/** Tags a commit, with an object of its own when `annotated`. */
export function tagCommit({ folder }: History, name: string, sha: string, annotated = false): void {
  const who = ["-c", "user.name=Octo Cat", "-c", "user.email=octo@example.com"];
  execFileSync("git", [...who, "tag", ...(annotated ? ["--annotate", "--message", name] : []), name, sha], {
    cwd: folder,
  });
}

/** Removes every tag. */
export function untag({ folder }: History): void {
  const names = execFileSync("git", ["tag", "--list"], { cwd: folder, encoding: "utf8" }).split("\n").filter(Boolean);
  if (names.length > 0) execFileSync("git", ["tag", "--delete", ...names], { cwd: folder });
}

/** Makes the repository in a new folder; commits are a day apart, so their ids are always the same. */
export function makeHistory(): History {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "history-")));
  let day = 1;
  const git = (...args: string[]): string => {
    const date = `2026-11-${String(day).padStart(2, "0")}T12:00:00Z`;
    const person = { NAME: "Octo Cat", EMAIL: "octo@example.com", DATE: date };
    const env: Record<string, string | undefined> = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: "1" };
    for (const [name, value] of Object.entries(person)) {
      env[`GIT_AUTHOR_${name}`] = value;
      env[`GIT_COMMITTER_${name}`] = value;
    }
    return execFileSync("git", args, { cwd: folder, env, encoding: "utf8" }).trim();
  };
  const commit = (message: string): string => {
    day++;
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  };
  git("init", "--quiet", "--initial-branch", "main");
  const c1 = commit("c1");
  git("checkout", "--quiet", "-b", "side");
  const side = commit("side");
  git("checkout", "--quiet", "-b", "outside", c1);
  const outside = commit("outside");
  git("checkout", "--quiet", "main");
  const c2 = commit("c2");
  day++;
  git("merge", "--quiet", "--no-ff", "--message", "c3", "side");
  const c3 = git("rev-parse", "HEAD");
  const c4 = commit("c4");
  return { folder, c1, c2, side, c3, c4, outside };
}
