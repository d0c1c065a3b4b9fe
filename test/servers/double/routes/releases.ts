import { page } from "../page.ts";
import { repositoryPage, repositoryUrl, user } from "../render.ts";
import { commitOf } from "../revision.ts";
import {
  type Call,
  created,
  invalid,
  noContent,
  notFound,
  ok,
  type Reply,
  type Route,
  textOf,
  type World,
} from "../route.ts";
import { type Release, type ReleaseAsset, takeId } from "../state.ts";

const releases = "/repos/:owner/:repo/releases";
const read = [{ contents: "read" }] as const;
const write = [{ contents: "write" }] as const;

/** Releases with assets that keep their bytes. Uploads go to the release's own `upload_url`. */
export const releaseRoutes: Route[] = [
  { method: "GET", path: releases, needs: read, handle: listReleases },
  { method: "POST", path: releases, needs: write, handle: createRelease },
  { method: "GET", path: `${releases}/latest`, needs: read, handle: latestRelease },
  { method: "GET", path: `${releases}/tags/*tag`, needs: read, handle: releaseByTag },
  { method: "GET", path: `${releases}/assets/:id`, needs: read, handle: getAsset },
  { method: "DELETE", path: `${releases}/assets/:id`, needs: write, handle: deleteAsset },
  { method: "GET", path: `${releases}/:id`, needs: read, handle: getRelease },
  { method: "PATCH", path: `${releases}/:id`, needs: write, handle: updateRelease },
  { method: "DELETE", path: `${releases}/:id`, needs: write, handle: deleteRelease },
  { method: "GET", path: `${releases}/:id/assets`, needs: read, handle: listAssets },
  { method: "POST", path: `${releases}/:id/assets`, needs: write, body: "bytes", handle: uploadAsset },
];

function createRelease(call: Call, world: World): Reply {
  const tag = textOf(call.json, "tag_name");
  if (tag === "")
    return invalid("Validation Failed", { resource: "Release", field: "tag_name", code: "missing_field" });
  const draft = call.json.draft === true;
  const taken = world.state.releases.some((one) => one.tag === tag && !one.draft);
  if (taken && !draft)
    return invalid("Validation Failed", { resource: "Release", field: "tag_name", code: "already_exists" });
  const release: Release = {
    id: takeId(world.state),
    tag,
    name: textOf(call.json, "name", tag),
    body: textOf(call.json, "body"),
    draft,
    prerelease: call.json.prerelease === true,
    target: textOf(call.json, "target_commitish", world.state.defaultBranch),
    author: call.token.login,
    createdAt: world.now().toISOString(),
    assets: [],
  };
  const refused = publish(world, release);
  if (refused !== undefined) return refused;
  world.state.releases.push(release);
  return created(releaseObject(world, release));
}

/** A published release makes its tag when there is none. */
function publish(world: World, release: Release): Reply | undefined {
  const ref = `refs/tags/${release.tag}`;
  if (release.draft || world.state.refs.has(ref)) return undefined;
  const sha = commitOf(world, release.target);
  if (sha === undefined)
    return invalid("Validation Failed", { resource: "Release", field: "target_commitish", code: "invalid" });
  world.state.refs.set(ref, sha);
  return undefined;
}

function updateRelease(call: Call, world: World): Reply {
  const release = findRelease(call, world);
  if (release === undefined) return notFound();
  const next: Release = {
    ...release,
    name: textOf(call.json, "name", release.name),
    body: textOf(call.json, "body", release.body),
    draft: call.json.draft === undefined ? release.draft : call.json.draft === true,
    prerelease: call.json.prerelease === undefined ? release.prerelease : call.json.prerelease === true,
  };
  const refused = publish(world, next);
  if (refused !== undefined) return refused;
  Object.assign(release, next);
  return ok(releaseObject(world, release));
}

function uploadAsset(call: Call, world: World): Reply {
  const release = findRelease(call, world);
  if (release === undefined) return notFound();
  const name = call.query.get("name") ?? "";
  if (name === "" || release.assets.some((one) => one.name === name)) {
    return invalid("Validation Failed", {
      resource: "ReleaseAsset",
      field: "name",
      code: name === "" ? "missing_field" : "already_exists",
    });
  }
  const asset = {
    id: takeId(world.state),
    name,
    contentType: call.headers["content-type"] ?? "application/octet-stream",
    bytes: call.body,
  };
  release.assets.push(asset);
  return created(assetObject(world, release, asset));
}

function getAsset(call: Call, world: World): Reply {
  for (const release of world.state.releases) {
    const asset = release.assets.find((one) => String(one.id) === call.params.id);
    if (asset === undefined) continue;
    const wantsBytes = call.headers.accept?.includes("octet-stream") === true;
    return wantsBytes
      ? { status: 200, bytes: asset.bytes, headers: { "content-type": asset.contentType } }
      : ok(assetObject(world, release, asset));
  }
  return notFound();
}

function deleteAsset(call: Call, world: World): Reply {
  const release = world.state.releases.find((one) => one.assets.some((asset) => String(asset.id) === call.params.id));
  if (release === undefined) return notFound();
  release.assets = release.assets.filter((asset) => String(asset.id) !== call.params.id);
  return noContent();
}

function listReleases(call: Call, world: World): Reply {
  return page(world.state.releases.toReversed(), call, world, (items) => items.map((one) => releaseObject(world, one)));
}

function latestRelease(_call: Call, world: World): Reply {
  return shown(
    world,
    world.state.releases.findLast((one) => !one.draft && !one.prerelease),
  );
}

function releaseByTag(call: Call, world: World): Reply {
  return shown(
    world,
    world.state.releases.find((one) => one.tag === call.params.tag && !one.draft),
  );
}

function getRelease(call: Call, world: World): Reply {
  return shown(world, findRelease(call, world));
}

function deleteRelease(call: Call, world: World): Reply {
  const release = findRelease(call, world);
  if (release === undefined) return notFound();
  world.state.releases = world.state.releases.filter((one) => one.id !== release.id);
  return noContent();
}

function listAssets(call: Call, world: World): Reply {
  const release = findRelease(call, world);
  if (release === undefined) return notFound();
  return page(release.assets, call, world, (items) => items.map((asset) => assetObject(world, release, asset)));
}

function shown(world: World, release: Release | undefined): Reply {
  return release === undefined ? notFound() : ok(releaseObject(world, release));
}

function findRelease(call: Call, world: World): Release | undefined {
  return world.state.releases.find((one) => String(one.id) === call.params.id);
}

function releaseObject(world: World, one: Release): Record<string, unknown> {
  const { id, name, body, draft, prerelease } = one;
  const url = `${repositoryUrl(world)}/releases/${id}`;
  return {
    id,
    tag_name: one.tag,
    target_commitish: one.target,
    name,
    body,
    draft,
    prerelease,
    author: user(one.author),
    created_at: one.createdAt,
    published_at: draft ? null : one.createdAt,
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${repositoryPage(world)}/releases/tag/${encodeURIComponent(one.tag)}`,
    assets: one.assets.map((asset) => assetObject(world, one, asset)),
  };
}

function assetObject(world: World, release: Release, asset: ReleaseAsset): Record<string, unknown> {
  const { id, name } = asset;
  const url = `${repositoryUrl(world)}/releases/assets/${id}`;
  const page = `${repositoryPage(world)}/releases/download/${release.tag}/${name}`;
  return {
    id,
    name,
    label: null,
    state: "uploaded",
    content_type: asset.contentType,
    size: asset.bytes.length,
    url,
    browser_download_url: page,
  };
}
