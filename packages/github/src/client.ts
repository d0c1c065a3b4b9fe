import { Octokit } from "@octokit/rest";
import { patience } from "./patience.ts";

/** How GitHub is reached. `sleep`, `now` and `fetch` are the platform's unless given. */
export interface ClientOptions {
  token?: string;
  /** `GITHUB_API_URL`, with a path on GitHub Enterprise Server. */
  apiUrl: string;
  /** Seconds that all waits of this client together may take; 120 unless given. */
  maxWaitSeconds?: number;
  sleep?: (milliseconds: number) => Promise<void>;
  now?: () => number;
  fetch?: typeof globalThis.fetch;
  /** One line for each request that was sent: method, path and status. */
  onRequest?: (line: string) => void;
}

/** The one way to GitHub. `tokenKind` says who writes with it: a person, a bot (an installation), or nobody. */
export interface Client {
  api: Octokit;
  apiUrl: string;
  tokenKind: "person" | "bot" | "none";
  sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Makes the client. Reads are repeated on 5xx and broken connections; refusals by a rate limit are waited out within
 * `maxWaitSeconds`; writes are never repeated here, because only the writer can look whether the first one arrived.
 */
export function createClient(o: ClientOptions): Client {
  const sleep = o.sleep ?? ((milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)));
  const apiUrl = o.apiUrl.replace(/\/+$/, "");
  const api = new Octokit({
    baseUrl: apiUrl,
    userAgent: "metricgate",
    ...(o.token === undefined || o.token === "" ? {} : { auth: o.token }),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    ...(o.fetch === undefined ? {} : { request: { fetch: o.fetch } }),
  });
  const wait = patience({
    maxWaitSeconds: o.maxWaitSeconds ?? 120,
    sleep,
    now: o.now ?? Date.now,
    onRequest: o.onRequest ?? quiet,
  });
  api.hook.wrap("request", (request, options) =>
    wait(async () => request(options), options, api.request.endpoint(options).url),
  );
  return { api, apiUrl, tokenKind: kindOf(o.token), sleep };
}

function kindOf(token: string | undefined): Client["tokenKind"] {
  if (token === undefined || token === "") return "none";
  return /^(ghp_|github_pat_|gho_|ghu_)/.test(token) ? "person" : "bot";
}

function quiet(): void {}
