import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadRepository } from "../../test/servers/double/seed.ts";
import { type GitHubServer, startGitHubDouble } from "../../test/servers/double/start.ts";

/** A repository with the example in it, and GitHub's double that knows its commits. */
export interface Project {
  folder: string;
  out: string;
  double: GitHubServer;
  /** Commits what changed and tells the double; returns the commit. */
  commit(message: string): string;
  branch(name: string, from: string): void;
  /** Commits what changed on this branch, and the merge commit that GitHub would test. */
  propose(message: string, base: string): { head: string; merge: string };
  /** Moves main to a commit and checks it out. */
  merge(commit: string): void;
}

/** Copies the example into a new repository and starts the double. */
export async function startProject(out: string): Promise<Project> {
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "metricgate-demo-"));
  cpSync("examples/quick-start", folder, {
    recursive: true,
    filter: (path) => !/\/(model|out|checkpoint|\.metricgate|__pycache__)$/.test(path),
  });
  // A fixed clock and author make the same commits, and so the same documents, on every machine.
  let minute = 0;
  const git = (...args: string[]) => {
    const at = new Date(Date.UTC(2026, 10, 20, 9, minute)).toISOString();
    const env = {
      ...process.env,
      GIT_AUTHOR_NAME: "demo",
      GIT_AUTHOR_EMAIL: "demo@example.com",
      GIT_COMMITTER_NAME: "demo",
      GIT_COMMITTER_EMAIL: "demo@example.com",
      GIT_AUTHOR_DATE: at,
      GIT_COMMITTER_DATE: at,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
    };
    return execFileSync("git", args, { cwd: folder, env, encoding: "utf8" }).trim();
  };
  git("init", "--quiet", "--initial-branch=main");
  const double = await startGitHubDouble({ repository: "octo/ml", defaultBranch: "main" });
  const told = () => {
    loadRepository(double.world, folder);
    return git("rev-parse", "HEAD");
  };
  const commit = (message: string) => {
    minute += 60;
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return told();
  };
  return {
    folder,
    out,
    double,
    commit,
    branch(name, from) {
      git("checkout", "--quiet", "--force", "-B", name, from);
    },
    propose(message, base) {
      const head = commit(message);
      git("checkout", "--quiet", "--detach", base);
      minute += 1;
      git("merge", "--quiet", "--no-ff", "--message", `Merge ${head} into ${base}`, head);
      return { head, merge: told() };
    },
    merge(to) {
      git("checkout", "--quiet", "--force", "-B", "main", to);
      told();
    },
  };
}

/** Changes the training's parameters: the one line that a pull request is about. */
export function setParams(folder: string, change: Record<string, unknown>): void {
  const path = join(folder, "params.json");
  const params: unknown = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, `${JSON.stringify({ ...(params as object), ...change }, undefined, 2)}\n`);
}
