import { type Call, type Reply, type Route, textOf, type World } from "../route.ts";
import { type RuntimeClaims, readRuntimeToken } from "../runtime-token.ts";
import { type StoredArtifact, takeId } from "../state.ts";

type Method = (call: Call, world: World, claims: RuntimeClaims) => Reply | Promise<Reply>;

const prefix = "/twirp/github.actions.results.api.v1.ArtifactService";

/** The artifact half of the results service, version 4 of artifacts, as `@actions/artifact` speaks it. */
export const artifactServiceRoutes: Route[] = [
  method("CreateArtifact", async (call, world, claims) => {
    const name = textOf(call.json, "name");
    if (findArtifact(world, claims.run, name, claims.attempt) !== undefined) {
      return twirpError(409, "already_exists", `an artifact with this name already exists on the workflow run`);
    }
    const id = takeId(world.state);
    const blob = `artifact-${id}`;
    world.state.artifacts.push({
      id,
      run: claims.run,
      attempt: claims.attempt,
      name,
      blob,
      mimeType: textOf(call.json, "mime_type", "application/zip"),
      createdAt: world.now().toISOString(),
      expired: false,
    });
    return { status: 200, json: { ok: true, signed_upload_url: await world.blobs.uploadUrl(blob) } };
  }),
  method("FinalizeArtifact", async (call, world, claims) => {
    const artifact = findArtifact(world, claims.run, textOf(call.json, "name"), claims.attempt);
    if (artifact === undefined) return twirpError(404, "not_found", "artifact not found");
    const stored = await world.blobs.stat(artifact.blob);
    const digest = `sha256:${stored?.sha256 ?? ""}`;
    if (stored === undefined || stored.size !== Number(call.json.size)) {
      return twirpError(
        400,
        "invalid_argument",
        `size is ${call.json.size}, the blob has ${stored?.size ?? "no bytes"}`,
      );
    }
    if (textOf(call.json, "hash", digest) !== digest)
      return twirpError(400, "invalid_argument", "hash does not match the blob");
    artifact.size = stored.size;
    artifact.digest = digest;
    return { status: 200, json: { ok: true, artifact_id: String(artifact.id) } };
  }),
  method("ListArtifacts", (call, world, claims) => {
    const byName = call.json.name_filter;
    const byId = call.json.id_filter;
    const artifacts = world.state.artifacts.filter(
      (one) =>
        one.run === claims.run &&
        one.size !== undefined &&
        (byName === undefined || byName === null || one.name === byName) &&
        (byId === undefined || byId === null || String(one.id) === String(byId)),
    );
    return {
      status: 200,
      json: {
        artifacts: artifacts.map((one) => ({
          workflow_run_backend_id: `run-${one.run}-${one.attempt}`,
          workflow_job_run_backend_id: "job-1",
          database_id: String(one.id),
          name: one.name,
          size: String(one.size),
          created_at: one.createdAt,
          digest: one.digest,
        })),
      },
    };
  }),
  method("GetSignedArtifactURL", async (call, world, claims) => {
    const artifact = findArtifact(world, claims.run, textOf(call.json, "name"));
    if (artifact?.size === undefined) return twirpError(404, "not_found", "artifact not found");
    return { status: 200, json: { name: artifact.name, signed_url: await artifactUrl(world, artifact) } };
  }),
  method("DeleteArtifact", async (call, world, claims) => {
    const artifact = findArtifact(world, claims.run, textOf(call.json, "name"));
    if (artifact === undefined) return twirpError(404, "not_found", "artifact not found");
    world.state.artifacts = world.state.artifacts.filter((one) => one.id !== artifact.id);
    await world.blobs.remove(artifact.blob);
    return { status: 200, json: { ok: true, artifact_id: String(artifact.id) } };
  }),
];

/** A link to the bytes with the headers that tell a client whether to unzip. */
export function artifactUrl(world: World, artifact: StoredArtifact): Promise<string> {
  const zipped = artifact.mimeType.includes("zip");
  const fileName = zipped ? `${artifact.name}.zip` : artifact.name;
  return world.blobs.downloadUrl(artifact.blob, {
    contentType: zipped ? "application/zip" : artifact.mimeType,
    disposition: `attachment; filename="${fileName}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  });
}

/** A twirp error body. */
export function twirpError(status: number, code: string, msg: string): Reply {
  return { status, json: { code, msg } };
}

function findArtifact(world: World, run: number, name: string, attempt?: number): StoredArtifact | undefined {
  return world.state.artifacts.findLast(
    (one) => one.run === run && one.name === name && (attempt === undefined || one.attempt === attempt),
  );
}

function method(name: string, handle: Method): Route {
  return {
    method: "POST",
    path: `${prefix}/${name}`,
    auth: "own",
    handle: (call, world) => {
      const claims = readRuntimeToken(call.headers.authorization);
      if (claims === undefined) return twirpError(401, "unauthenticated", "no runtime token");
      const wanted = textOf(call.json, "workflow_run_backend_id");
      if (!wanted.startsWith(`run-${claims.run}-`))
        return twirpError(403, "permission_denied", "another run's artifacts");
      return handle(call, world, claims);
    },
  };
}
