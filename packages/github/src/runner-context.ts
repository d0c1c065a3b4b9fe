import { context } from "@actions/github";

/** What the runner tells every action about its event and its server. */
export interface RunnerContext {
  payload: unknown;
  apiUrl: string;
  serverUrl: string;
}

/** Reads the event as the platform's own library does. Requests go through our client, never through this one. */
export function runnerContext(): RunnerContext {
  return { payload: context.payload, apiUrl: context.apiUrl, serverUrl: context.serverUrl };
}
