import type { RunnerEvent } from "./events.ts";

export interface RunFacts {
  id: number;
  attempt: number;
  /** `.github/workflows/ci.yml` */
  path: string;
  name: string;
  job: string;
}

export interface RunnerPlaces {
  workspace: string;
  temp: string;
  toolCache: string;
  home: string;
  eventFile: string;
}

/** The `GITHUB_*` and `RUNNER_*` variables of one job; the rest of the machine's environment stays outside. */
export function runnerEnvironment(
  event: RunnerEvent,
  run: RunFacts,
  places: RunnerPlaces,
  server: { apiUrl: string; repository: string },
): Record<string, string> {
  const { repository } = server;
  return {
    PATH: process.env.PATH ?? "",
    HOME: places.home,
    LANG: "C.UTF-8",
    TMPDIR: places.temp,
    CI: "true",
    NO_PROXY: "127.0.0.1",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "__self",
    GITHUB_ACTOR: event.actor,
    GITHUB_TRIGGERING_ACTOR: event.actor,
    GITHUB_API_URL: server.apiUrl,
    GITHUB_GRAPHQL_URL: `${server.apiUrl}/graphql`,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_BASE_REF: event.baseRef,
    GITHUB_HEAD_REF: event.headRef,
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: places.eventFile,
    GITHUB_JOB: run.job,
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.refName,
    GITHUB_REF_TYPE: "branch",
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_ID: "7001",
    GITHUB_REPOSITORY_OWNER: repository.split("/")[0] ?? "",
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_NUMBER: "1",
    GITHUB_RUN_ATTEMPT: String(run.attempt),
    GITHUB_SHA: event.sha,
    GITHUB_WORKFLOW: run.name,
    GITHUB_WORKFLOW_REF: `${repository}/${run.path}@${event.ref}`,
    GITHUB_WORKFLOW_SHA: event.sha,
    GITHUB_WORKSPACE: places.workspace,
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "test",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: places.temp,
    RUNNER_TOOL_CACHE: places.toolCache,
  };
}
