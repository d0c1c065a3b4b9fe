import { listOf, type Reply, type Route, textOf, type World } from "../route.ts";
import { type RuntimeClaims, readRuntimeToken } from "../runtime-token.ts";
import { type CacheEntry, takeId } from "../state.ts";
import { twirpError } from "./artifact-service.ts";

const prefix = "/twirp/github.actions.results.api.v1.CacheService";
const reads = 1;
const writes = 2;

/** The cache half of the results service (v2), with scopes from the token as GitHub has them. */
export const cacheServiceRoutes: Route[] = [
  method("CreateCacheEntry", async (json, world, claims) => {
    const scope = writeScope(claims);
    if (scope === undefined) {
      return { status: 200, json: { ok: false, message: "cache write denied: the token may not write any scope" } };
    }
    const [key, version] = [textOf(json, "key"), textOf(json, "version")];
    if (world.state.caches.some((one) => one.key === key && one.version === version && one.scope === scope)) {
      return twirpError(409, "already_exists", "cache entry with the same key, version, and scope already exists");
    }
    const id = takeId(world.state);
    const blob = `cache-${id}`;
    world.state.caches.push({ id, key, version, scope, blob });
    return { status: 200, json: { ok: true, signed_upload_url: await world.blobs.uploadUrl(blob) } };
  }),
  method("FinalizeCacheEntryUpload", async (json, world, claims) => {
    const entry = world.state.caches.find(
      (one) =>
        one.key === textOf(json, "key") && one.version === textOf(json, "version") && one.scope === writeScope(claims),
    );
    if (entry === undefined) return twirpError(404, "not_found", "cache entry not found");
    const stored = await world.blobs.stat(entry.blob);
    if (stored === undefined || stored.size !== Number(json.size_bytes)) {
      return twirpError(400, "invalid_argument", "size does not match the blob");
    }
    entry.size = stored.size;
    return { status: 200, json: { ok: true, entry_id: String(entry.id) } };
  }),
  method("GetCacheEntryDownloadURL", async (json, world, claims) => {
    const scopes = claims.scopes.filter((one) => (one.access & reads) !== 0).map((one) => one.scope);
    if (scopes.length === 0) return twirpError(403, "permission_denied", "cache read denied: no readable scope");
    const restoreKeys = listOf(json.restore_keys).map(String);
    const entry = findEntry(world, scopes, textOf(json, "version"), [textOf(json, "key"), ...restoreKeys]);
    if (entry === undefined) return { status: 200, json: { ok: false } };
    const signed = await world.blobs.downloadUrl(entry.blob, { contentType: "application/octet-stream" });
    return { status: 200, json: { ok: true, signed_download_url: signed, matched_key: entry.key } };
  }),
];

/** The first scope in order; in it the exact key, then each key as a prefix, the newest entry first. */
function findEntry(
  world: World,
  scopes: readonly string[],
  version: string,
  keys: readonly string[],
): CacheEntry | undefined {
  for (const scope of scopes) {
    const fits = world.state.caches.filter(
      (one) => one.scope === scope && one.version === version && one.size !== undefined,
    );
    for (const key of keys) {
      const found = fits.find((one) => one.key === key) ?? fits.findLast((one) => one.key.startsWith(key));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function writeScope(claims: RuntimeClaims): string | undefined {
  return claims.scopes.find((one) => (one.access & writes) !== 0)?.scope;
}

function method(
  name: string,
  handle: (json: Readonly<Record<string, unknown>>, world: World, claims: RuntimeClaims) => Promise<Reply>,
): Route {
  return {
    method: "POST",
    path: `${prefix}/${name}`,
    auth: "own",
    handle: async (call, world) => {
      const claims = readRuntimeToken(call.headers.authorization);
      if (claims === undefined) return twirpError(401, "unauthenticated", "no runtime token");
      return handle(call.json, world, claims);
    },
  };
}
