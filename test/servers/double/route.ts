import type { BlobStorage } from "./blob-storage.ts";
import type { GitHubState } from "./state.ts";
import type { Permissions, Token } from "./tokens.ts";

/** One request as a handler sees it. Path parameters are decoded. */
export interface Call {
  method: string;
  url: URL;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  /** The body as a JSON object; `{}` when there is none. Bad JSON has been answered with 400 before. */
  json: Readonly<Record<string, unknown>>;
  token: Token;
}

export interface Reply {
  status: number;
  json?: unknown;
  bytes?: Uint8Array;
  headers?: Readonly<Record<string, string>>;
}

/** What every handler works on. */
export interface World {
  state: GitHubState;
  blobs: BlobStorage;
  /** Without a slash at the end. */
  apiUrl: string;
  now: () => Date;
}

/**
 * One route. In `path`, `:name` is one segment and a last `*name` is the rest.
 * `needs` are the alternatives of permissions; without it the route is open to every known token,
 * and with `auth: "own"` the handler judges the credentials by itself (blobs, twirp).
 */
export interface Route {
  method: string;
  path: string;
  needs?: readonly Permissions[];
  auth?: "own";
  /** The body is bytes whatever its content type says, so it is not parsed. */
  body?: "bytes";
  handle(call: Call, world: World): Reply | Promise<Reply>;
}

/** The decoded parameters when the route's path fits, else undefined. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith("*")) {
      const rest = given.slice(at);
      if (rest.join("") === "") return undefined;
      params[part.slice(1)] = rest.map(decodeURIComponent).join("/");
      return params;
    }
    const segment = given[at];
    if (segment === undefined) return undefined;
    if (part.startsWith(":")) {
      if (segment === "") return undefined;
      params[part.slice(1)] = decodeURIComponent(segment);
    } else if (part !== segment) return undefined;
  }
  return given.length === wanted.length ? params : undefined;
}

export const ok = (json: unknown): Reply => ({ status: 200, json });
export const created = (json: unknown): Reply => ({ status: 201, json });
export const noContent = (): Reply => ({ status: 204 });
export const notFound = (): Reply => ({ status: 404, json: { message: "Not Found", status: "404" } });

/** GitHub's 422, with its usual `errors` list when a field is named. */
export function invalid(message: string, field?: { resource: string; field: string; code: string }): Reply {
  const json = { message, status: "422", ...(field === undefined ? {} : { errors: [field] }) };
  return { status: 422, json };
}

/** A string property of a JSON object, or the fallback. */
export function textOf(json: Readonly<Record<string, unknown>>, name: string, fallback = ""): string {
  const value = json[name];
  return typeof value === "string" ? value : fallback;
}

/** A property that is an object, or an empty one. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** A property that is a list, or an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
