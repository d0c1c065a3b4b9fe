import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { addPullRequest, addRun, loadRepository } from "../servers/double/seed.ts";
import { type GitHubServer, startGitHubDouble } from "../servers/double/start.ts";
import { forkToken, type Token, writeToken } from "../servers/double/tokens.ts";
import type { RunFacts } from "../servers/runner/environment.ts";
import { pullRequestEvent, pushEvent, type RunnerEvent } from "../servers/runner/events.ts";
import { type ActionResult, type RunActionOptions, runAction, runPost } from "../servers/runner.ts";

/** What a step is given besides the action and its inputs. */
export type StepOptions = Partial<Omit<RunActionOptions, "action" | "inputs" | "event" | "workspace" | "run">> & {
  run?: Partial<RunFacts>;
};

/** A repository in a temporary folder, and GitHub's double that knows its commits. */
export interface Project {
  folder: string;
  double: GitHubServer;
  write(files: Readonly<Record<string, string>>): void;
  read(path: string): string;
  exists(path: string): boolean;
  git(...args: string[]): string;
  /** Commits what changed and tells the double; returns the commit. */
  commit(message: string): string;
  /** Runs a step of `.github/workflows/gate.yml` as the runner would, from the committed bundle. */
  step(
    action: string,
    inputs: Record<string, string>,
    event: RunnerEvent,
    options?: StepOptions,
  ): Promise<ActionResult>;
  /** Runs the action's post step with the state that its main saved. */
  post(action: string, main: ActionResult, event: RunnerEvent, options?: StepOptions): Promise<ActionResult>;
  /** The push event of a commit, in a run that the double knows. */
  pushed(sha: string, before?: string): { event: RunnerEvent; run: number };
  /** Writes the files on a branch off `base`, merges as GitHub would, checks the merge out, and opens the pull request. */
  proposed(given: Proposal): { event: RunnerEvent; head: string; merge: string };
  /** Removes what a job does not find: the chain's folder. */
  freshJob(): void;
  stop(): Promise<void>;
}

export interface Proposal {
  number: number;
  base: string;
  files: Readonly<Record<string, string>>;
  headRef?: string;
  /** `owner/name` of a fork. */
  headRepository?: string;
}

export const workflow = ".github/workflows/gate.yml";

/** Starts one; `from` is a folder of the repository that is copied before the files are written. */
export async function startProject(
  files: Readonly<Record<string, string>>,
  options: { from?: string; tokens?: readonly Token[] } = {},
): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), "metricgate-e2e-"));
  if (options.from !== undefined) {
    cpSync(resolve(import.meta.dirname, "../..", options.from), folder, {
      recursive: true,
      filter: (path) => !/\/(model|out|checkpoint|\.metricgate|__pycache__)$/.test(path),
    });
  }
  const double = await startGitHubDouble({ tokens: options.tokens ?? [writeToken(), forkToken()] });
  let minute = 0;
  const git = (...args: string[]) => {
    const at = new Date(Date.UTC(2026, 10, 20, 9, minute)).toISOString();
    const env = {
      PATH: process.env.PATH ?? "",
      GIT_AUTHOR_NAME: "octo",
      GIT_AUTHOR_EMAIL: "octo@example.com",
      GIT_COMMITTER_NAME: "octo",
      GIT_COMMITTER_EMAIL: "octo@example.com",
      GIT_AUTHOR_DATE: at,
      GIT_COMMITTER_DATE: at,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
    };
    return execFileSync("git", args, { cwd: folder, env, encoding: "utf8", stdio: "pipe" }).trim();
  };
  const write = (given: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(given)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const commit = (message: string) => {
    minute += 1;
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    loadRepository(double.world, folder);
    return git("rev-parse", "HEAD");
  };
  const optionsOf = (action: string, event: RunnerEvent, { run, ...more }: StepOptions): RunActionOptions => ({
    action,
    event,
    workspace: folder,
    double,
    run: { path: workflow, name: "gate", ...run },
    ...more,
  });
  write({ ".gitignore": ".metricgate/\nmodel/\nout/\ncheckpoint/\nserving/\n", ...files });
  git("init", "--quiet", "--initial-branch=main");
  return {
    folder,
    double,
    write,
    read: (path) => readFileSync(join(folder, path), "utf8"),
    exists: (path) => existsSync(join(folder, path)),
    git,
    commit,
    step: (action, inputs, event, more = {}) => runAction({ ...optionsOf(action, event, more), inputs }),
    post: (action, main, event, more = {}) => runPost(optionsOf(action, event, more), main),
    pushed(sha, before) {
      const run = addRun(double.world, { headSha: sha, path: workflow, name: "gate" });
      return { event: pushEvent({ sha, ...(before === undefined ? {} : { before }) }), run: run.id };
    },
    proposed({ number, base, files: changed, headRef = `change-${number}`, headRepository }) {
      git("checkout", "--quiet", "--force", "-B", `change-${number}`, base);
      write(changed);
      const head = commit(`Change ${number}`);
      git("checkout", "--quiet", "--detach", base);
      minute += 1;
      git("merge", "--quiet", "--no-ff", "--message", `Merge ${head} into ${base}`, head);
      loadRepository(double.world, folder);
      const merge = git("rev-parse", "HEAD");
      const from = headRepository === undefined ? {} : { repository: headRepository };
      addPullRequest(double.world, { number, head: { ref: headRef, sha: head, ...from } });
      const event = pullRequestEvent({
        number,
        headSha: head,
        baseSha: base,
        mergeSha: merge,
        headRef,
        ...(headRepository === undefined ? {} : { headRepository }),
      });
      return { event, head, merge };
    },
    freshJob: () => rmSync(join(folder, ".metricgate"), { recursive: true, force: true }),
    async stop() {
      await double.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A project whose main has a policy, metrics, and a recorded baseline of them. */
export async function gatedProject(
  metrics: Record<string, unknown>,
  policy: string,
  options: { tokens?: readonly Token[]; files?: Readonly<Record<string, string>> } = {},
): Promise<Project & { base: string; baseRun: number }> {
  const project = await startProject(
    { ".github/metricgate.yml": policy, "metrics.json": `${JSON.stringify(metrics)}\n`, ...options.files },
    options,
  );
  const base = project.commit("The first model");
  const { event, run } = project.pushed(base);
  const recorded = await project.step("review", {}, event, { run: { id: run } });
  if (recorded.exitCode !== 0) throw new Error(`The baseline was not recorded: ${recorded.log}\n${said(recorded)}`);
  project.freshJob();
  project.double.requests.length = 0;
  return { ...project, base, baseRun: run };
}

/** What a person reads of a step that failed: its annotations, one a line. */
export function said(result: ActionResult): string {
  return result.annotations.map(({ level, message }) => `${level}: ${message}`).join("\n");
}

/** A policy of one model `m` with these gates. */
export function policyOf(gates: readonly string[], more = ""): string {
  return `version: 1\nmodels:\n  m:\n    metrics: [metrics.json]\n    gates:\n${gates.map((gate) => `      - ${gate}\n`).join("")}${more}`;
}
