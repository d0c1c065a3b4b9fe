import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

const example = resolve(import.meta.dirname, "../../../examples/quick-start");
const written = new Set(["model", "out", "checkpoint", ".metricgate", "__pycache__"]);

export const baselineFeatures = ["wildlife_size", "phase", "operator", "speed", "time_of_day"];
/** Recall falls by 0.158: far more than the margin. */
export const worseFeatures = baselineFeatures.filter((name) => name !== "wildlife_size");
/** Recall rises by 0.040. */
export const betterFeatures = [...baselineFeatures, "wildlife_species"];

/** A head commit, and the merge commit that GitHub tests for its pull request. */
export interface Proposal {
  head: string;
  merge: string;
}

/** A new repository that starts as a copy of the example. */
export interface Project {
  folder: string;
  git(...args: string[]): string;
  /** Replaces a file of the work tree. */
  edit(path: string, change: FileChange): void;
  setFeatures(features: readonly string[]): void;
  /** Commits everything that changed on the branch that is checked out. */
  commit(message: string): string;
  /** Makes a change on a new branch from `base`, and merges it into `onto` (`base` when left out). */
  propose(branch: string, base: string, change: () => void, onto?: string): Proposal;
  /** Moves main to a commit and checks it out. */
  moveMain(commit: string): void;
  /** What actions/checkout makes of a commit: a work tree with that one commit, nothing before it. Remove it after use. */
  checkout(sha: string): string;
  remove(): void;
}

/** Alters or makes a file; what it gives `undefined` for is removed. */
type FileChange = (text: string) => string | undefined;

/** Makes it. `changes` alters files, by their paths, before the first commit on main. */
export function newProject(changes: Readonly<Record<string, FileChange>> = {}): Project {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  cpSync(example, folder, { recursive: true, filter: (source) => !written.has(basename(source)) });
  let hour = 0;
  const gitAt = (place: string, ...args: string[]) => {
    const at = new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
    const env = {
      PATH: process.env.PATH ?? "",
      ...{ GIT_AUTHOR_NAME: "Octo Cat", GIT_AUTHOR_EMAIL: "octo@example.com", GIT_AUTHOR_DATE: at },
      ...{ GIT_COMMITTER_NAME: "Octo Cat", GIT_COMMITTER_EMAIL: "octo@example.com", GIT_COMMITTER_DATE: at },
      ...{ GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    };
    return execFileSync("git", args, { cwd: place, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  };
  const git = (...args: string[]) => gitAt(folder, ...args);
  const edit = (path: string, change: FileChange) => {
    const place = join(folder, path);
    const text = change(existsSync(place) ? readFileSync(place, "utf8") : "");
    if (text === undefined) rmSync(place);
    else writeFileSync(place, text);
  };
  const setFeatures = (features: readonly string[]) =>
    edit("params.json", (text) => `${JSON.stringify({ ...JSON.parse(text), features }, undefined, 2)}\n`);
  const commit = (message: string) => {
    hour += 1;
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  };
  git("init", "--quiet", "--initial-branch=main");
  git("config", "uploadpack.allowAnySHA1InWant", "true");
  for (const [path, change] of Object.entries(changes)) edit(path, change);
  commit("The first model");
  return {
    folder,
    git,
    edit,
    setFeatures,
    commit,
    propose(branch, base, change, onto = base) {
      git("checkout", "--quiet", "--force", "-B", branch, base);
      change();
      const head = commit(`Work on ${branch}`);
      git("checkout", "--quiet", "--detach", onto);
      git("merge", "--quiet", "--no-ff", "--message", `Merge ${head} into ${onto}`, head);
      return { head, merge: git("rev-parse", "HEAD") };
    },
    moveMain(to) {
      git("checkout", "--quiet", "--force", "-B", "main", to);
    },
    checkout(sha) {
      const place = mkdtempSync(join(tmpdir(), "checkout-"));
      gitAt(place, "init", "--quiet");
      gitAt(place, "fetch", "--quiet", "--depth", "1", `file://${folder}`, sha);
      gitAt(place, "checkout", "--quiet", "--detach", "FETCH_HEAD");
      // As actions/checkout does; act copies no empty folder, and without a ref `.git` would be no repository any more.
      gitAt(place, "update-ref", "refs/remotes/pull/merge", "HEAD");
      return place;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
