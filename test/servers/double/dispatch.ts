import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Fault, Faults } from "./faults.ts";
import type { LoggedRequest } from "./request-log.ts";
import { type Call, matchPath, notFound, type Reply, type Route, type World } from "./route.ts";
import { acceptedPermissions, isGranted, type Token } from "./tokens.ts";

/** What one server answers with. `elsewhere` is asked when no route fits; without it that is a 404. */
export interface Service {
  world: World;
  routes: readonly Route[];
  tokens: readonly Token[];
  faults: Faults;
  requests: LoggedRequest[];
  rate: { limit: number; used: number };
  elsewhere?: (call: Call) => Promise<Reply>;
}

const rateLimited: Reply = {
  status: 403,
  json: { message: "API rate limit exceeded for installation.", status: "403" },
};
const noToken: Token = { name: "none", secret: "", kind: "installation", login: "", permissions: {} };

/** Answers one request: fault, credentials, permissions, handler; then writes the log. */
export async function answer(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", service.world.apiUrl);
  const method = request.method ?? "GET";
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const token = tokenOf(service, request.headers.authorization);
  const fault = service.faults.next(method, url.pathname);
  const log = (status: number) =>
    service.requests.push({ method, path: url.pathname, query: url.search, status, token: token?.name ?? "unknown" });
  if (fault?.delayMs !== undefined) await wait(fault.delayMs);
  if (fault?.cut === "reset-before") {
    log(0);
    request.socket.resetAndDestroy();
    return;
  }
  const call = { method, url, body: Buffer.concat(chunks), headers: singleHeaders(request) };
  const reply = faultReply(fault) ?? (await handled(service, call, token));
  if (fault?.cut === "commit-then-reset") {
    log(0);
    request.socket.resetAndDestroy();
    return;
  }
  log(reply.status);
  send(response, reply, { ...rateHeaders(service), ...(fault?.headers ?? {}) });
}

function faultReply(fault: Fault | undefined): Reply | undefined {
  if (fault?.status === undefined) return undefined;
  return { status: fault.status, json: fault.body ?? { message: `A scripted fault with status ${fault.status}.` } };
}

async function handled(
  service: Service,
  given: Omit<Call, "params" | "query" | "json" | "token">,
  token: Token | undefined,
): Promise<Reply> {
  const call = { ...given, query: given.url.searchParams, json: {}, params: {}, token: token ?? noToken };
  for (const route of service.routes) {
    const params = route.method === given.method ? matchPath(route.path, given.url.pathname) : undefined;
    if (params === undefined) continue;
    const json = route.body === "bytes" ? {} : readJson(given.body, given.headers["content-type"]);
    if (json === undefined) return { status: 400, json: { message: "Problems parsing JSON", status: "400" } };
    if (route.auth === "own") return route.handle({ ...call, params, json }, service.world);
    const refused = refusal(service, route, params, token);
    if (refused !== undefined) return refused;
    service.rate.used += 1;
    if (service.rate.used > service.rate.limit) return rateLimited;
    return route.handle({ ...call, params, json }, service.world);
  }
  return service.elsewhere === undefined ? notFound() : service.elsewhere(call);
}

function refusal(
  service: Service,
  route: Route,
  params: Record<string, string>,
  token: Token | undefined,
): Reply | undefined {
  if (token === undefined) return { status: 401, json: { message: "Bad credentials", status: "401" } };
  if (token === noToken) return { status: 401, json: { message: "Requires authentication", status: "401" } };
  const { owner, name } = service.world.state;
  const other =
    params.owner !== undefined && `${params.owner}/${params.repo}`.toLowerCase() !== `${owner}/${name}`.toLowerCase();
  if (other) return notFound();
  if (isGranted(token, route.needs ?? [])) return undefined;
  return {
    status: 403,
    json: { message: "Resource not accessible by integration", status: "403" },
    headers: { "x-accepted-github-permissions": acceptedPermissions(route.needs ?? []) },
  };
}

/** The known token, `noToken` without credentials, undefined for an unknown secret. */
function tokenOf(service: Service, authorization: string | undefined): Token | undefined {
  if (authorization === undefined) return noToken;
  const secret = authorization.replace(/^(bearer|token) /i, "");
  const known = service.tokens.find((token) => token.secret === secret);
  return known ?? (secret.split(".").length === 3 ? { ...noToken, name: "runtime" } : undefined);
}

function rateHeaders(service: Service): Record<string, string> {
  const { limit, used } = service.rate;
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(0, limit - used)),
    "x-ratelimit-used": String(used),
    "x-ratelimit-resource": "core",
    "x-ratelimit-reset": String(Math.floor(service.world.now().getTime() / 1000) + 3600),
  };
}

function readJson(body: Buffer, contentType: string | undefined): Record<string, unknown> | undefined {
  if (body.length === 0 || contentType?.includes("json") !== true) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function singleHeaders(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

function send(response: ServerResponse, reply: Reply, common: Record<string, string>): void {
  const body = reply.bytes ?? (reply.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(reply.json)));
  const type: Record<string, string> =
    reply.json === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  const length: Record<string, string> = reply.status === 204 ? {} : { "content-length": String(body.length) };
  response.writeHead(reply.status, { ...common, ...type, ...length, ...(reply.headers ?? {}) });
  response.end(body);
}
