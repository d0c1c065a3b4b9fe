import type { RunnerContext } from "@metricgate/github/runner-context";

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

/** Reads the runner's variables and the event. */
export async function runnerEnvironment(variables: Record<string, string | undefined>): Promise<RunnerEnvironment> {
  const repository = variables.GITHUB_REPOSITORY;
  return {
    variables,
    ...(await eventContext(variables)),
    ...(repository === undefined || repository === "" ? {} : { repository }),
    temporary: variables.RUNNER_TEMP || "/tmp",
    hasArtifacts: (variables.ACTIONS_RESULTS_URL ?? "") !== "" && (variables.ACTIONS_RUNTIME_TOKEN ?? "") !== "",
  };
}

/** The platform's library is loaded where there is an event to read. */
async function eventContext(variables: Record<string, string | undefined>): Promise<RunnerContext> {
  if ((variables.GITHUB_EVENT_PATH ?? "") === "") {
    return { payload: {}, apiUrl: "https://api.github.com", serverUrl: "https://github.com" };
  }
  const { runnerContext } = await import("@metricgate/github/runner-context");
  return runnerContext();
}
