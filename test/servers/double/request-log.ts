import { fitsRoute } from "./faults.ts";

/** One request as it was answered. `status` is 0 when the connection was cut. */
export interface LoggedRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: string;
  status: number;
  /** The token's name; `runtime` for the results service, `none` without one. */
  token: string;
}

/** The logged requests that fit `METHOD /path` (`*` or `:name` one segment, `**` the rest). */
export function requestsTo(log: readonly LoggedRequest[], route: string): LoggedRequest[] {
  return log.filter((request) => fitsRoute(route, request.method, request.path));
}

/** The REST requests that change something. */
export function writesIn(log: readonly LoggedRequest[]): LoggedRequest[] {
  return log.filter(
    (request) => request.method !== "GET" && request.method !== "HEAD" && request.path.startsWith("/repos/"),
  );
}
