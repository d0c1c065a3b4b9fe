import { Worker } from "node:worker_threads";
import { info, setSecret, warning } from "@actions/core";
import { UserError } from "@metricgate/core/errors/user-error";
import type { TouchedFiles } from "@metricgate/core/plan/changed-models";
import { touchedFrom } from "@metricgate/core/plan/repository-path";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import type { Engine } from "@metricgate/core/ports/engine";
import type { Progress } from "@metricgate/core/ports/progress";
import { processSignals } from "@metricgate/engines/local/process-signals";
import type { Client } from "@metricgate/github/client";
import { commitLook, gitIn } from "@metricgate/github/commit-look";
import { changeFromEvent } from "@metricgate/github/event-change";
import type { RunArtifacts } from "@metricgate/github/run-artifacts";
import type { PolicyAt } from "@metricgate/pipeline/policy/policy-at";
import type { Hashing } from "@metricgate/pipeline/ports/hashing";
import type { Messages } from "@metricgate/pipeline/ports/messages";
import type { WorkTrees } from "@metricgate/pipeline/ports/work-trees";
import type { Workspace } from "@metricgate/pipeline/ports/workspace";
import { shownProgress } from "@metricgate/pipeline/progress/shown-progress";
import { gitWorkTrees } from "@metricgate/pipeline/workspace/git-work-trees";
import { hashing } from "@metricgate/pipeline/workspace/hashing";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { withPartThread } from "@metricgate/pipeline/workspace/part-thread";
import { watchedWorkspace } from "@metricgate/pipeline/workspace/watched-workspace";
import { logLine } from "@metricgate/report/escape/log-text";
import { lazy } from "./lazy.ts";
import { type RepositoryFolder, repositoryFolder } from "./repository-folder.ts";
import { runnerEngine } from "./runner-engine.ts";
import { type RunnerEnvironment, runnerEnvironment } from "./runner-environment.ts";
import { lazyStore } from "./runner-store.ts";

/** The inputs that every action has. */
export interface SharedInputs {
  "working-directory": string;
  token?: string | undefined;
  store: "artifact" | "branch";
}

/** The ports of an action in a runner. What costs a library to load is a function, so that only its users pay. */
export interface RunnerPorts {
  runner: RunnerEnvironment;
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  engine: Engine;
  store: BaselineStore;
  workTrees: WorkTrees;
  progress: Progress;
  client: () => Promise<Client>;
  artifacts: () => Promise<RunArtifacts>;
  /** Where the working directory lies in the repository. */
  repositoryFolder: RepositoryFolder;
  /** A file of the repository, by its path from the root, as it stands at a commit. */
  fileAt: (path: string, ref: string) => Promise<Uint8Array | undefined>;
  /** The same by a path that starts from the working directory, as the work tree is read. */
  policyAt: PolicyAt;
  committedAt: (sha: string) => Promise<string | undefined>;
  /** The parents of a commit; undefined when neither git nor GitHub knows it. */
  parentsOf: (sha: string) => Promise<readonly string[] | undefined>;
  /** The files that the change touches, as they are written from the working directory. */
  touchedFiles: () => Promise<TouchedFiles | undefined>;
}

/** Makes them. @param worker the script of a second thread, for an action that reads large tables @throws UserError `file-missing` when the working directory is not there */
export async function runnerPorts(inputs: SharedInputs, worker?: URL): Promise<RunnerPorts> {
  const runner = await runnerEnvironment(process.env);
  if (inputs.token !== undefined) setSecret(inputs.token);
  const progress = shownProgress({
    now: () => performance.now(),
    after: 10_000,
    every: 10_000,
    show: (text) => info(logLine(text)),
    hide: () => undefined,
  });
  const startThread = worker === undefined ? undefined : () => new Worker(worker, { workerData: "read" });
  const bare = await nodeWorkspace(inputs["working-directory"]);
  const workspace = watchedWorkspace(withPartThread(bare, startThread, "refuse"), progress);
  const client = lazy(async () => {
    const { createClient } = await import("@metricgate/github/client");
    return createClient({ apiUrl: runner.apiUrl, ...(inputs.token === undefined ? {} : { token: inputs.token }) });
  });
  const artifacts = lazy(async () => {
    const { runArtifacts } = await import("@metricgate/github/run-artifacts");
    return runArtifacts({
      temporary: runner.temporary,
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    });
  });
  const git = gitIn(workspace.root);
  const local = commitLook({ git });
  const remote = lazy(async () =>
    commitLook({
      git,
      client: await client(),
      ...(runner.repository === undefined ? {} : { repo: runner.repository }),
    }),
  );
  const committedAt = async (sha: string) =>
    (await local.committedAt(sha)) ?? (await (await remote()).committedAt(sha).catch(() => undefined));
  const parentsOf = async (sha: string) => (await local.parents(sha)) ?? (await remote()).parents(sha);
  const change = await changeFromEvent(runner.variables, runner.payload, {
    parents: parentsOf,
    committedAt,
    mergeBase: async (base, head) => (await remote()).mergeBase(base, head),
    checkedOut: () => local.checkedOut(),
  });
  const fileAt: RunnerPorts["fileAt"] = async (path, ref) => {
    if (runner.repository === undefined)
      throw new UserError(
        "no-repository",
        "GITHUB_REPOSITORY is not set",
        "Run this in a workflow, or use the command line.",
      );
    const { fileAt } = await import("@metricgate/github/policy-at");
    return fileAt(await client(), runner.repository, path, ref);
  };
  const place = repositoryFolder(inputs["working-directory"], runner.variables.GITHUB_WORKSPACE);
  return {
    runner,
    workspace,
    hashing,
    // File names, commit subjects and metrics are a stranger's: a line break in them would begin a command of the runner.
    messages: { info: (text) => info(logLine(text)), warn: (text) => warning(logLine(text)) },
    change,
    engine: runnerEngine(),
    store: lazyStore(inputs.store, { runner, change, client, artifacts }),
    progress,
    workTrees: gitWorkTrees({ root: workspace.root, temporary: runner.temporary, signals: processSignals }),
    client,
    artifacts,
    repositoryFolder: place,
    fileAt,
    policyAt: async (path, ref) => fileAt(place.pathOf(path), ref),
    committedAt,
    parentsOf,
    touchedFiles: lazy(async () => {
      const { touchedFiles } = await import("@metricgate/github/touched-files");
      const touched = await touchedFiles(change, {
        git,
        client,
        ...(runner.repository === undefined ? {} : { repo: runner.repository }),
      });
      return touched && touchedFrom(place.folder, touched);
    }),
  };
}
