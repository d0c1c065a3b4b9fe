import type { LoggedRequest } from "@metricgate/test-servers/double/request-log";

/** Those that count against GitHub's rate limit: REST and GraphQL, not the results service and its blobs. */
export const restRequests = (log: readonly LoggedRequest[]): LoggedRequest[] =>
  log.filter(({ path }) => /^\/(repos|user|graphql)(\/|$)/.test(path));

/** One line each, for the log of the tests. */
export const requestLines = (log: readonly LoggedRequest[]): string =>
  log.map(({ method, path, query, status }) => `  ${status} ${method} ${path}${query}`).join("\n");

/** Method and route of each, ids and commits as `:id` and `:sha`. */
export const routesOf = (log: readonly LoggedRequest[]): string[] =>
  log.map(
    ({ method, path }) =>
      `${method} ${path.replace(/\/[0-9a-f]{40}(?=\/|$)/g, "/:sha").replace(/\/\d+(?=\/|$)/g, "/:id")}`,
  );
