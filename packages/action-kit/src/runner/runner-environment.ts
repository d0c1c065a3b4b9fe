import { readFile } from "node:fs/promises";

/** What the runner tells a step. */
export interface RunnerEnvironment {
  variables: Record<string, string | undefined>;
  /** The event's payload; empty outside a runner. */
  payload: unknown;
  apiUrl: string;
  serverUrl: string;
  /** `owner/name`. */
  repository?: string;
  temporary: string;
  /** The runner offers artifacts and caches to this step. */
  hasArtifacts: boolean;
}

/** Reads the runner's variables and the event's payload. */
export async function runnerEnvironment(variables: Record<string, string | undefined>): Promise<RunnerEnvironment> {
  const path = variables["GITHUB_EVENT_PATH"];
  const payload: unknown =
    path === undefined || path === "" ? {} : JSON.parse(await readFile(path, "utf8").catch(() => "{}"));
  const repository = variables["GITHUB_REPOSITORY"];
  return {
    variables,
    payload,
    apiUrl: variables["GITHUB_API_URL"] || "https://api.github.com",
    serverUrl: variables["GITHUB_SERVER_URL"] || "https://github.com",
    ...(repository === undefined || repository === "" ? {} : { repository }),
    temporary: variables["RUNNER_TEMP"] || "/tmp",
    hasArtifacts: (variables["ACTIONS_RESULTS_URL"] ?? "") !== "" && (variables["ACTIONS_RUNTIME_TOKEN"] ?? "") !== "",
  };
}
