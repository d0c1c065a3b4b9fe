import {
  filesOf,
  isAncestor,
  type Person,
  putObject,
  readCommit,
  readTree,
  treeOf,
  writeCommit,
} from "../git-objects.ts";
import { gitCommit, repositoryUrl } from "../render.ts";
import { commitOf } from "../revision.ts";
import {
  type Call,
  created,
  invalid,
  listOf,
  noContent,
  notFound,
  objectOf,
  ok,
  type Reply,
  type Route,
  textOf,
  type World,
} from "../route.ts";

const git = "/repos/:owner/:repo/git";
const read = [{ contents: "read" }] as const;
const write = [{ contents: "write" }] as const;

/** The git data API: objects with git's own SHAs, refs with the fast-forward rule. */
export const gitRoutes: Route[] = [
  { method: "GET", path: `${git}/commits/:sha`, needs: read, handle: getCommit },
  { method: "POST", path: `${git}/commits`, needs: write, handle: createCommit },
  { method: "GET", path: `${git}/trees/*tree`, needs: read, handle: getTree },
  { method: "POST", path: `${git}/trees`, needs: write, handle: createTree },
  { method: "GET", path: `${git}/blobs/:sha`, needs: read, handle: getBlob },
  { method: "POST", path: `${git}/blobs`, needs: write, handle: createBlob },
  { method: "GET", path: `${git}/ref/*ref`, needs: read, handle: getRef },
  { method: "GET", path: `${git}/matching-refs/*ref`, needs: read, handle: matchingRefs },
  { method: "GET", path: `${git}/tags/:sha`, needs: read, handle: getTag },
  { method: "POST", path: `${git}/refs`, needs: write, handle: createRef },
  { method: "PATCH", path: `${git}/refs/*ref`, needs: write, handle: updateRef },
  { method: "DELETE", path: `${git}/refs/*ref`, needs: write, handle: deleteRef },
];

function getCommit(call: Call, world: World): Reply {
  const sha = call.params.sha ?? "";
  return world.state.objects.get(sha)?.type === "commit" ? ok(gitCommit(world, sha)) : notFound();
}

function createCommit(call: Call, world: World): Reply {
  const { objects } = world.state;
  const tree = textOf(call.json, "tree");
  const parents = listOf(call.json.parents).map(String);
  if (objects.get(tree)?.type !== "tree") return invalid("Tree SHA does not exist");
  if (parents.some((parent) => objects.get(parent)?.type !== "commit"))
    return invalid("Parent SHA does not exist or is not a commit object");
  const message = call.json.message;
  if (typeof message !== "string") return invalid('Invalid request.\n\n"message" wasn\'t supplied.');
  const person = (value: unknown, fallback: Person): Person => {
    const given = objectOf(value);
    return {
      name: textOf(given, "name", fallback.name),
      email: textOf(given, "email", fallback.email),
      date: textOf(given, "date", fallback.date),
    };
  };
  const nobody = {
    name: call.token.login,
    email: `${call.token.login}@users.noreply.github.com`,
    date: world.now().toISOString(),
  };
  const author = person(call.json.author, nobody);
  const committer = person(call.json.committer, author);
  return created(gitCommit(world, writeCommit(objects, { tree, parents, author, committer, message })));
}

function getTree(call: Call, world: World): Reply {
  const { objects } = world.state;
  const name = call.params.tree ?? "";
  const commit = commitOf(world, name);
  const sha = commit === undefined ? name : readCommit(objects, commit).tree;
  if (objects.get(sha)?.type !== "tree") return notFound();
  const listed: { path: string; mode: string; sha: string }[] = [];
  const walk = (tree: string, under: string) => {
    for (const entry of readTree(objects, tree)) {
      const path = `${under}${entry.name}`;
      listed.push({ path, mode: entry.mode.padStart(6, "0"), sha: entry.sha });
      if (entry.mode === "40000" && call.query.get("recursive") !== null) walk(entry.sha, `${path}/`);
    }
  };
  walk(sha, "");
  const tree = listed.map((entry) => {
    const object = objects.get(entry.sha);
    return {
      ...entry,
      type: object?.type ?? "commit",
      ...(object?.type === "blob" ? { size: object.content.length } : {}),
    };
  });
  return ok({ sha, url: `${repositoryUrl(world)}/git/trees/${sha}`, tree, truncated: false });
}

function createTree(call: Call, world: World): Reply {
  const { objects } = world.state;
  const base = call.json.base_tree;
  if (typeof base === "string" && commitOf(world, base) === undefined && objects.get(base)?.type !== "tree") {
    return invalid("base_tree is not a valid tree oid");
  }
  const baseTree =
    typeof base === "string" ? (objects.get(base)?.type === "tree" ? base : readCommit(objects, base).tree) : undefined;
  const files = baseTree === undefined ? new Map<string, { sha: string; mode: string }>() : filesOf(objects, baseTree);
  for (const given of listOf(call.json.tree).map(objectOf)) {
    const path = textOf(given, "path");
    const mode = textOf(given, "mode", "100644").replace(/^0+/, "");
    if (path === "" || path.startsWith("/")) return invalid("tree.path cannot start with a slash");
    if (given.sha === null) {
      files.delete(path);
      for (const name of [...files.keys()]) if (name.startsWith(`${path}/`)) files.delete(name);
      continue;
    }
    const sha =
      typeof given.content === "string" ? putObject(objects, "blob", Buffer.from(given.content)) : textOf(given, "sha");
    const object = objects.get(sha);
    if (object === undefined) return invalid(`tree.sha ${sha} is not a valid ${textOf(given, "type", "blob")}`);
    if (object.type === "tree") for (const [name, file] of filesOf(objects, sha, path)) files.set(name, file);
    else files.set(path, { sha, mode });
  }
  const sha = treeOf(objects, files);
  const tree = readTree(objects, sha).map((entry) => ({
    path: entry.name,
    mode: entry.mode.padStart(6, "0"),
    type: objects.get(entry.sha)?.type ?? "commit",
    sha: entry.sha,
  }));
  return created({ sha, url: `${repositoryUrl(world)}/git/trees/${sha}`, tree, truncated: false });
}

function getBlob(call: Call, world: World): Reply {
  const sha = call.params.sha ?? "";
  const object = world.state.objects.get(sha);
  if (object?.type !== "blob") return notFound();
  if (call.headers.accept?.includes("raw") === true) {
    return {
      status: 200,
      bytes: object.content,
      headers: { "content-type": "application/vnd.github.raw; charset=utf-8" },
    };
  }
  const content = object.content.toString("base64").replace(/.{60}/g, "$&\n");
  return ok({ sha, size: object.content.length, encoding: "base64", content });
}

function createBlob(call: Call, world: World): Reply {
  const encoding = textOf(call.json, "encoding", "utf-8");
  const bytes = Buffer.from(textOf(call.json, "content"), encoding === "base64" ? "base64" : "utf8");
  const sha = putObject(world.state.objects, "blob", bytes);
  return created({ sha, url: `${repositoryUrl(world)}/git/blobs/${sha}` });
}

function refObject(world: World, ref: string, sha: string): Record<string, unknown> {
  const type = world.state.objects.get(sha)?.type ?? "commit";
  return {
    ref,
    node_id: `REF_${ref}`,
    url: `${repositoryUrl(world)}/git/${ref}`,
    object: { sha, type, url: `${repositoryUrl(world)}/git/${type}s/${sha}` },
  };
}

function getRef(call: Call, world: World): Reply {
  const ref = `refs/${call.params.ref ?? ""}`;
  const sha = world.state.refs.get(ref);
  return sha === undefined ? notFound() : ok(refObject(world, ref, sha));
}

function matchingRefs(call: Call, world: World): Reply {
  const start = `refs/${call.params.ref ?? ""}`;
  const fits = [...world.state.refs].filter(([ref]) => ref.startsWith(start));
  return ok(fits.sort().map(([ref, sha]) => refObject(world, ref, sha)));
}

/** An annotated tag: an object of its own that names another. */
function getTag(call: Call, world: World): Reply {
  const sha = call.params.sha ?? "";
  const object = world.state.objects.get(sha);
  if (object?.type !== "tag") return notFound();
  const header = (name: string) => new RegExp(`^${name} (.+)$`, "m").exec(object.content.toString("utf8"))?.[1] ?? "";
  const named = {
    sha: header("object"),
    type: header("type"),
    url: `${repositoryUrl(world)}/git/commits/${header("object")}`,
  };
  return ok({
    sha,
    node_id: `TAG_${sha}`,
    url: `${repositoryUrl(world)}/git/tags/${sha}`,
    tag: header("tag"),
    object: named,
  });
}

function createRef(call: Call, world: World): Reply {
  const { refs, objects } = world.state;
  const [ref, sha] = [textOf(call.json, "ref"), textOf(call.json, "sha")];
  if (!/^refs\/[^/]+\/.+/.test(ref)) return invalid("Reference name is not valid");
  if (refs.has(ref)) return invalid("Reference already exists");
  if (!objects.has(sha)) return invalid("Object does not exist");
  refs.set(ref, sha);
  return created(refObject(world, ref, sha));
}

function updateRef(call: Call, world: World): Reply {
  const { refs, objects } = world.state;
  const ref = `refs/${call.params.ref ?? ""}`;
  const sha = textOf(call.json, "sha");
  const current = refs.get(ref);
  if (current === undefined) return invalid("Reference does not exist");
  if (!objects.has(sha)) return invalid("Object does not exist");
  if (call.json.force !== true && !isAncestor(objects, current, sha)) return invalid("Update is not a fast forward");
  refs.set(ref, sha);
  return ok(refObject(world, ref, sha));
}

function deleteRef(call: Call, world: World): Reply {
  return world.state.refs.delete(`refs/${call.params.ref ?? ""}`) ? noContent() : invalid("Reference does not exist");
}
