import { page } from "../page.ts";
import { repositoryUrl } from "../render.ts";
import { type Call, noContent, notFound, ok, type Reply, type Route, type World } from "../route.ts";
import type { StoredArtifact } from "../state.ts";
import { artifactUrl } from "./artifact-service.ts";

const actions = "/repos/:owner/:repo/actions";
const read = [{ actions: "read" }] as const;

/** Artifacts as the REST API shows them: across runs, by name, and their bytes behind a redirect. */
export const runArtifactRoutes: Route[] = [
  { method: "GET", path: `${actions}/artifacts`, needs: read, handle: (call, world) => list(call, world, () => true) },
  { method: "GET", path: `${actions}/runs/:run/artifacts`, needs: read, handle: listOfRun },
  { method: "GET", path: `${actions}/artifacts/:id`, needs: read, handle: getArtifact },
  { method: "GET", path: `${actions}/artifacts/:id/:format`, needs: read, handle: download },
  { method: "DELETE", path: `${actions}/artifacts/:id`, needs: [{ actions: "write" }], handle: remove },
];

function listOfRun(call: Call, world: World): Reply {
  if (!world.state.runs.some((run) => String(run.id) === call.params.run)) return notFound();
  return list(call, world, (one) => String(one.run) === call.params.run);
}

function list(call: Call, world: World, wanted: (one: StoredArtifact) => boolean): Reply {
  const name = call.query.get("name");
  const fits = world.state.artifacts.filter(
    (one) => one.size !== undefined && wanted(one) && (name === null || one.name === name),
  );
  return page(fits.toReversed(), call, world, (items, total_count) => ({
    total_count,
    artifacts: items.map((one) => artifactObject(world, one)),
  }));
}

function getArtifact(call: Call, world: World): Reply {
  const artifact = find(call, world);
  return artifact === undefined ? notFound() : ok(artifactObject(world, artifact));
}

async function download(call: Call, world: World): Promise<Reply> {
  const artifact = find(call, world);
  if (artifact === undefined || call.params.format !== "zip") return notFound();
  if (artifact.expired) return { status: 410, json: { message: "Artifact has expired", status: "410" } };
  return { status: 302, headers: { location: await artifactUrl(world, artifact) } };
}

async function remove(call: Call, world: World): Promise<Reply> {
  const artifact = find(call, world);
  if (artifact === undefined) return notFound();
  world.state.artifacts = world.state.artifacts.filter((one) => one.id !== artifact.id);
  await world.blobs.remove(artifact.blob);
  return noContent();
}

function find(call: Call, world: World): StoredArtifact | undefined {
  return world.state.artifacts.find((one) => String(one.id) === call.params.id && one.size !== undefined);
}

function artifactObject(world: World, one: StoredArtifact): Record<string, unknown> {
  const url = `${repositoryUrl(world)}/actions/artifacts/${one.id}`;
  const run = world.state.runs.find((candidate) => candidate.id === one.run);
  return {
    id: one.id,
    node_id: `A_${one.id}`,
    name: one.name,
    size_in_bytes: one.size,
    digest: one.digest ?? null,
    expired: one.expired,
    created_at: one.createdAt,
    updated_at: one.createdAt,
    expires_at: new Date(Date.parse(one.createdAt) + 90 * 86_400_000).toISOString(),
    url,
    archive_download_url: `${url}/zip`,
    workflow_run: {
      id: one.run,
      repository_id: world.state.id,
      head_repository_id: world.state.id,
      head_branch: run?.headBranch ?? null,
      head_sha: run?.headSha ?? null,
    },
  };
}
