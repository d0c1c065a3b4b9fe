import type { Service } from "./dispatch.ts";
import { type Faults, faultScript } from "./faults.ts";
import { openPort, serve } from "./listen.ts";
import { memoryBlobs } from "./memory-blobs.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { Route, World } from "./route.ts";
import { artifactServiceRoutes } from "./routes/artifact-service.ts";
import { cacheServiceRoutes } from "./routes/cache-service.ts";
import { checkRoutes } from "./routes/checks.ts";
import { deploymentRoutes } from "./routes/deployments.ts";
import { gitRoutes } from "./routes/git.ts";
import { issueRoutes } from "./routes/issues.ts";
import { pullRoutes } from "./routes/pulls.ts";
import { releaseRoutes } from "./routes/releases.ts";
import { commitRoutes, repositoryRoutes } from "./routes/repositories.ts";
import { runArtifactRoutes } from "./routes/run-artifacts.ts";
import { runRoutes } from "./routes/runs.ts";
import { viewerRoutes } from "./routes/viewer.ts";
import { type RuntimeTokenOptions, runtimeToken } from "./runtime-token.ts";
import { emptyState, type GitHubState } from "./state.ts";
import { type Token, writeToken } from "./tokens.ts";

export interface DoubleOptions {
  /** `owner/name`; `octo/ml` when left out. */
  repository?: string;
  defaultBranch?: string;
  /** Who may call; one token that may write everything when left out. */
  tokens?: readonly Token[];
  /** The clock of every `created_at`; the machine's when left out. */
  now?: () => Date;
  /** Requests until 403; 5000 when left out. */
  rateLimit?: number;
}

/** What tests and the demo get, whether the server behind it is this double or the real tier. */
export interface GitHubServer {
  /** For GITHUB_API_URL. */
  apiUrl: string;
  /** For ACTIONS_RESULTS_URL. */
  resultsUrl: string;
  repository: string;
  tokens: readonly Token[];
  /** The secret of the first token, for GITHUB_TOKEN. */
  token: string;
  /** For ACTIONS_RUNTIME_TOKEN. */
  runtimeToken(run: number, attempt?: number, options?: RuntimeTokenOptions): string;
  /** Every answered request, oldest first. Empty it with `requests.length = 0`. */
  requests: LoggedRequest[];
  state: GitHubState;
  world: World;
  faults: Faults;
  rate: { limit: number; used: number };
  stop(): Promise<void>;
}

/** The routes in the order in which they are tried: longer paths before the one that takes any rest. */
export const githubRoutes: readonly Route[] = [
  ...gitRoutes,
  ...checkRoutes,
  ...repositoryRoutes,
  ...commitRoutes,
  ...pullRoutes,
  ...issueRoutes,
  ...deploymentRoutes,
  ...runRoutes,
  ...runArtifactRoutes,
  ...releaseRoutes,
  ...viewerRoutes,
  ...artifactServiceRoutes,
  ...cacheServiceRoutes,
];

/** Starts the double on a free loopback port. It needs Node alone; `stop` ends every connection. */
export async function startGitHubDouble(options: DoubleOptions = {}): Promise<GitHubServer> {
  const repository = options.repository ?? "octo/ml";
  const state = emptyState(repository, options.defaultBranch ?? "main");
  const tokens = options.tokens ?? [writeToken()];
  const port = await openPort();
  const apiUrl = port.url;
  const blobs = memoryBlobs(() => apiUrl);
  const world: World = { state, blobs: blobs.storage, apiUrl, now: options.now ?? (() => new Date()) };
  const service: Service = {
    world,
    routes: [...githubRoutes, ...blobs.routes],
    tokens,
    faults: faultScript(),
    requests: [],
    rate: { limit: options.rateLimit ?? 5000, used: 0 },
  };
  serve(port, service);
  return {
    apiUrl,
    resultsUrl: `${apiUrl}/`,
    repository,
    tokens,
    token: tokens[0]?.secret ?? "",
    runtimeToken,
    requests: service.requests,
    state,
    world,
    faults: service.faults,
    rate: service.rate,
    stop: port.stop,
  };
}
