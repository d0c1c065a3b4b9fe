import type { Service } from "@metricgate/test-servers/double/dispatch";
import { faultScript } from "@metricgate/test-servers/double/faults";
import { openPort, serve } from "@metricgate/test-servers/double/listen";
import type { Call, Reply, Route, World } from "@metricgate/test-servers/double/route";
import { artifactServiceRoutes } from "@metricgate/test-servers/double/routes/artifact-service";
import { cacheServiceRoutes } from "@metricgate/test-servers/double/routes/cache-service";
import { checkRoutes } from "@metricgate/test-servers/double/routes/checks";
import { deploymentRoutes } from "@metricgate/test-servers/double/routes/deployments";
import { pullRoutes } from "@metricgate/test-servers/double/routes/pulls";
import { runArtifactRoutes } from "@metricgate/test-servers/double/routes/run-artifacts";
import { runRoutes } from "@metricgate/test-servers/double/routes/runs";
import { viewerRoutes } from "@metricgate/test-servers/double/routes/viewer";
import { runtimeToken } from "@metricgate/test-servers/double/runtime-token";
import type { GitHubServer } from "@metricgate/test-servers/double/start";
import { emptyState } from "@metricgate/test-servers/double/state";
import { allPermissions, type Permissions, workflowToken } from "@metricgate/test-servers/double/tokens";
import { startAzurite } from "./azurite.ts";
import { startEmulate } from "./emulate.ts";
import { mirror, nothingMirrored } from "./mirror.ts";

const every = (access: "read" | "write") => Object.fromEntries(allPermissions.map((name) => [name, access]));

/** What emulate lacks or leaves empty, served by the double's own route groups. */
const ours: readonly Route[] = [
  ...checkRoutes.filter((route) => /\/statuses|\/status$/.test(route.path)),
  ...pullRoutes.filter((route) => /\/(files|reviews|permission)$/.test(route.path)),
  // emulate knows one repository, so a pull request of a fork is none in its list.
  ...pullRoutes.filter((route) => route.method === "GET" && route.path.endsWith("/pulls")),
  ...deploymentRoutes,
  ...runRoutes,
  ...runArtifactRoutes,
  ...viewerRoutes,
  ...artifactServiceRoutes,
  ...cacheServiceRoutes,
];

/** The real tier's server; call `mirrorSeed` after seeding, so that emulate knows the history too. */
export interface RealServers extends GitHubServer {
  mirrorSeed(): Promise<void>;
  /** A further token of emulate with these permissions only. */
  tokenWith(permissions: Permissions): Promise<string>;
}

/** Starts emulate for REST and Azurite for blobs behind one front, in the double's shape. */
export async function startRealServers(options: { repository?: string; now?: () => Date } = {}): Promise<RealServers> {
  const repository = options.repository ?? "octo/ml";
  const now = options.now ?? (() => new Date());
  const port = await openPort();
  const apiUrl = port.url;
  const azurite = await startAzurite(now);
  const emulate = await startEmulate(repository, apiUrl, every("write"));
  const write = workflowToken("write", await emulate.installationToken(every("write")), every("write"));
  const tokens = [write];
  const state = emptyState(repository, "main");
  const world: World = { state, blobs: azurite.blobs, apiUrl, now };
  const mirrored = nothingMirrored(state);
  const rate = { limit: 5000, used: 0 };
  const elsewhere = (call: Call) => forward(emulate.url, call);
  const service: Service = { world, routes: ours, tokens, faults: faultScript(), requests: [], rate, elsewhere };
  serve(port, service);
  return {
    apiUrl,
    resultsUrl: `${apiUrl}/`,
    repository,
    tokens,
    token: write.secret,
    runtimeToken,
    requests: service.requests,
    state,
    world,
    faults: service.faults,
    rate,
    mirrorSeed: () => mirror(state, emulate.url, write.secret, mirrored),
    tokenWith: async (permissions) => {
      const token = workflowToken(
        `limited-${tokens.length}`,
        await emulate.installationToken(permissions),
        permissions,
      );
      tokens.push(token);
      return token.secret;
    },
    stop: async () => {
      await port.stop();
      await Promise.all([emulate.stop(), azurite.stop()]);
    },
  };
}

/** Passes a request on to emulate; its base URL is the front's, so links in the answer stay right. */
async function forward(url: string, call: Call): Promise<Reply> {
  const kept = ["authorization", "accept", "content-type", "user-agent", "x-github-api-version"];
  const headers = kept.flatMap((name): [string, string][] => {
    const value = call.headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  const bodied = call.method !== "GET" && call.method !== "HEAD";
  const response = await fetch(url + call.url.pathname + call.url.search, {
    method: call.method,
    headers,
    redirect: "manual",
    ...(bodied ? { body: new Uint8Array(call.body) } : {}),
  });
  const dropped = new Set(["content-length", "content-encoding", "transfer-encoding", "connection", "keep-alive"]);
  const answered = [...response.headers].filter(([name]) => !dropped.has(name));
  return {
    status: response.status,
    bytes: Buffer.from(await response.arrayBuffer()),
    headers: Object.fromEntries(answered),
  };
}
