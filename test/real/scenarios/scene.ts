import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { LoggedRequest } from "@metricgate/test-servers/double/request-log";
import { addPullRequest, addRun, loadRepository } from "@metricgate/test-servers/double/seed";
import { pullRequestEvent, pushEvent, type RunnerEvent } from "@metricgate/test-servers/runner/events";
import { type RunActOptions, runAct } from "../act.ts";
import type { ActRun } from "../act-log.ts";
import { type RealServers, startRealServers } from "../servers.ts";
import type { RealTier } from "../tier.ts";
import type { Project, Proposal } from "./project.ts";
import { releasedFiles } from "./released-files.ts";

const standIns = join(import.meta.dirname, "stand-ins");

/** One run of a workflow, with what it asked of GitHub. */
export interface SceneRun extends ActRun {
  id: number;
  /** In their order, the results service's too. */
  requests: LoggedRequest[];
}

export interface SceneRunOptions extends Pick<RunActOptions, "token" | "env" | "labels" | "matrix"> {
  /** `gate.yml` */
  workflow: string;
  event: RunnerEvent;
  /** A further attempt of that run. */
  again?: number;
  /** Seeds what people do while the run waits, such as an approval. */
  beforehand?: (run: number) => void;
}

/** A project's repository on a GitHub of its own, whose workflows run under act. */
export interface Scene {
  servers: RealServers;
  project: Project;
  run(options: SceneRunOptions): Promise<SceneRun>;
  /** A push run of main as it is now. */
  pushMain(workflow: string, more?: Partial<SceneRunOptions>): Promise<SceneRun>;
  /** Opens a pull request and gives its event. Numbers start at 1, without gaps. */
  open(proposal: Proposal, more?: { fork?: boolean; base?: string }): Promise<{ number: number; event: RunnerEvent }>;
  /** The comments of a pull request, read as a person would. */
  comments(number: number): Promise<{ body: string; author: string }[]>;
  rest(method: string, path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

type ReadyTier = Extract<RealTier, { ready: true }>;

/** Starts the servers, and prints act's version. */
export async function startScene(tier: ReadyTier, project: Project): Promise<Scene> {
  console.log(execFileSync(tier.act, ["--version"], { encoding: "utf8" }).trim());
  const released = releasedFiles();
  const servers = await startRealServers();
  const tell = async () => {
    loadRepository(servers.world, project.folder);
    await servers.mirrorSeed();
  };
  await tell();
  const rest = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${servers.token}`, "content-type": "application/json" };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${servers.apiUrl}/repos/${servers.repository}${path}`, { method, headers, ...sent });
    return answer.json();
  };
  const run = async (options: SceneRunOptions): Promise<SceneRun> => {
    const { event } = options;
    await tell();
    const path = `.github/workflows/${options.workflow}`;
    const earlier = servers.state.runs.find(({ id }) => id === options.again);
    const record =
      earlier ??
      addRun(servers.world, {
        headSha: event.payload.pull_request === undefined ? event.sha : headOf(event),
        path,
        event: event.name,
        headBranch: event.headRef || event.refName,
        headRepository: headRepositoryOf(event) ?? servers.repository,
        status: "in_progress",
        conclusion: null,
      });
    if (earlier !== undefined) record.attempt += 1;
    options.beforehand?.(record.id);
    const before = servers.requests.length;
    const folder = project.checkout(event.sha);
    try {
      const result = await runAct({
        tier,
        repositoryFolder: folder,
        workflow: path,
        event,
        servers,
        run: { id: record.id, attempt: record.attempt },
        localRepositories: {
          "OWNER/metricgate@v1": released,
          "actions/setup-node@v6": join(standIns, "setup-node"),
          "actions/setup-python@v6": join(standIns, "setup-python"),
        },
        ...(options.token === undefined ? {} : { token: options.token }),
        ...(options.env === undefined ? {} : { env: options.env }),
        ...(options.labels === undefined ? {} : { labels: options.labels }),
        ...(options.matrix === undefined ? {} : { matrix: options.matrix }),
      });
      record.status = "completed";
      record.conclusion = result.exitCode === 0 ? "success" : "failure";
      return { ...result, id: record.id, requests: servers.requests.slice(before) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return {
    servers,
    project,
    run,
    rest,
    pushMain: (workflow, more = {}) =>
      run({ workflow, event: pushEvent({ sha: project.git("rev-parse", "main") }), ...more }),
    async open({ head, merge }, more = {}) {
      const number = servers.state.pulls.length + 1;
      const headRef = project.git("for-each-ref", "--points-at", head, "--format=%(refname:short)", "refs/heads");
      const base = more.base ?? project.git("rev-parse", "main");
      const headRepository = more.fork === true ? "stranger/ml" : servers.repository;
      loadRepository(servers.world, project.folder);
      addPullRequest(servers.world, {
        number,
        head: { ref: headRef, sha: head, repository: headRepository },
        base: { sha: base },
      });
      servers.state.refs.set(`refs/pull/${number}/merge`, merge);
      const facts = { number, headSha: head, headRef, mergeSha: merge, baseSha: base, headRepository };
      return { number, event: pullRequestEvent(facts) };
    },
    async comments(number) {
      const list = await rest("GET", `/issues/${number}/comments`);
      return (Array.isArray(list) ? list : []).map((one) => ({
        body: String(Object(one).body),
        author: String(Object(Object(one).user).login),
      }));
    },
    async stop() {
      await servers.stop();
      rmSync(released, { recursive: true, force: true });
      project.remove();
    },
  };
}

function headOf(event: RunnerEvent): string {
  const head: unknown = Object(Object(event.payload.pull_request).head).sha;
  return typeof head === "string" ? head : event.sha;
}

function headRepositoryOf(event: RunnerEvent): string | undefined {
  const name: unknown = Object(Object(Object(event.payload.pull_request).head).repo).full_name;
  return typeof name === "string" ? name : undefined;
}
