import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretFor } from "@metricgate/test-servers/double/tokens";
import { runChild } from "@metricgate/test-servers/runner/child";
import type { RunnerEvent } from "@metricgate/test-servers/runner/events";
import { type ActRun, readActLog } from "./act-log.ts";
import type { RealServers } from "./servers.ts";
import type { RealTier } from "./tier.ts";

export interface RunActOptions {
  tier: Extract<RealTier, { ready: true }>;
  /** A git work tree with at least one commit. Files that git ignores are not copied. */
  repositoryFolder: string;
  /** `.github/workflows/ci.yml` */
  workflow: string;
  event: RunnerEvent;
  servers: RealServers;
  /** GITHUB_TOKEN; chosen by the event as in `runAction` when left out. */
  token?: string;
  run?: { id?: number; attempt?: number };
  /** `OWNER/metricgate@v1` to the checkout that stands for it. */
  localRepositories?: Readonly<Record<string, string>>;
  /** More variables for every step. */
  env?: Readonly<Record<string, string>>;
  secrets?: Readonly<Record<string, string>>;
  /** Only the legs of a matrix with these values, as somebody runs one leg again. */
  matrix?: Readonly<Record<string, string>>;
  /** Labels of `runs-on` that this machine answers to, besides `ubuntu-latest`. */
  labels?: readonly string[];
  /** Killed after that; 120 s when left out. */
  limitMs?: number;
}

/** Runs a workflow under act in host mode, with a clean environment and a home of its own, against the given servers. */
export async function runAct(options: RunActOptions): Promise<ActRun> {
  const { event, servers, tier } = options;
  const place = mkdtempSync(join(tmpdir(), "act-"));
  const folders = {
    home: join(place, "home"),
    cache: join(place, "cache"),
    config: join(place, "config"),
    temp: join(place, "temp"),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  const eventFile = join(place, "event.json");
  writeFileSync(eventFile, JSON.stringify(event.payload));
  const run = { id: 77, attempt: 1, ...options.run };
  const stepEnv = {
    GITHUB_API_URL: servers.apiUrl,
    GITHUB_REPOSITORY: servers.repository,
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_ATTEMPT: String(run.attempt),
    SHA_REF: event.sha,
    GITHUB_WORKFLOW_REF: `${servers.repository}/${options.workflow}@${event.ref}`,
    GITHUB_WORKFLOW_SHA: event.sha,
    GITHUB_REPOSITORY_ID: "7001",
    GITHUB_TRIGGERING_ACTOR: event.actor,
    RUNNER_NAME: "act",
    RUNNER_ENVIRONMENT: "github-hosted",
    ACTIONS_RESULTS_URL: servers.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: servers.runtimeToken(run.id, run.attempt, { scopes: event.cacheScopes }),
    ACTIONS_CACHE_SERVICE_V2: "true",
    NO_PROXY: "127.0.0.1",
    ...options.env,
  };
  const repeated = (flag: string, pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const args = [
    event.name,
    ...["-C", options.repositoryFolder, "-W", options.workflow, "--rm", "--json"],
    ...["ubuntu-latest", ...(options.labels ?? [])].flatMap((label) => ["-P", `${label}=-self-hosted`]),
    ...["--eventpath", eventFile, "-a", event.actor, "--no-cache-server"],
    ...repeated("-s", { GITHUB_TOKEN: options.token ?? secretFor(servers.tokens, event.readOnly), ...options.secrets }),
    ...repeated("--env", stepEnv),
    ...repeated("--local-repository", options.localRepositories ?? {}),
    ...Object.entries(options.matrix ?? {}).flatMap(([key, value]) => ["--matrix", `${key}:${value}`]),
  ];
  const env = {
    PATH: `${tier.nodeFolder}:${process.env.PATH ?? ""}`,
    HOME: folders.home,
    XDG_CACHE_HOME: folders.cache,
    XDG_CONFIG_HOME: folders.config,
    TMPDIR: folders.temp,
    LANG: "C.UTF-8",
    NO_PROXY: "127.0.0.1",
    DOCKER_HOST: "unix:///nonexistent",
  };
  try {
    const child = await runChild(tier.act, args, {
      cwd: options.repositoryFolder,
      env,
      limitMs: options.limitMs ?? 120_000,
    });
    return readActLog(child.output, child.exitCode);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
