import { runnerContext } from "@metricgate/github/runner-context";

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
export function runnerEnvironment(variables: Record<string, string | undefined>): RunnerEnvironment {
  const repository = variables.GITHUB_REPOSITORY;
  return {
    variables,
    ...runnerContext(),
    ...(repository === undefined || repository === "" ? {} : { repository }),
    temporary: variables.RUNNER_TEMP || "/tmp",
    hasArtifacts: (variables.ACTIONS_RESULTS_URL ?? "") !== "" && (variables.ACTIONS_RUNTIME_TOKEN ?? "") !== "",
  };
}
