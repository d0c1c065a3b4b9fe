import { ancestry, filesOf, isAncestor, readCommit, readTree } from "../git-objects.ts";
import { page } from "../page.ts";
import { pullRequest, repositoryCommit, repositoryPage, repositoryUrl, shortRepository } from "../render.ts";
import { commitOf } from "../revision.ts";
import { type Call, notFound, ok, type Reply, type Route, type World } from "../route.ts";
import { changedFiles, mergeBase } from "../tree-difference.ts";

const repo = "/repos/:owner/:repo";
const read = [{ contents: "read" }] as const;

/** The repository itself, its branches, commits, comparisons and files. */
export const repositoryRoutes: Route[] = [
  { method: "GET", path: repo, needs: [{ metadata: "read" }], handle: getRepository },
  { method: "GET", path: `${repo}/branches/*branch`, needs: read, handle: getBranch },
  { method: "GET", path: `${repo}/commits`, needs: read, handle: listCommits },
  {
    method: "GET",
    path: `${repo}/commits/:ref/pulls`,
    needs: [{ pull_requests: "read", contents: "read" }],
    handle: pullsOfCommit,
  },
  { method: "GET", path: `${repo}/compare/*basehead`, needs: read, handle: compare },
  { method: "GET", path: `${repo}/contents/*path`, needs: read, handle: getContents },
];
/** A separate list: `commits/:ref` would swallow the longer paths under it, so it comes last. */
export const commitRoutes: Route[] = [{ method: "GET", path: `${repo}/commits/*ref`, needs: read, handle: getCommit }];

function getRepository(_call: Call, world: World): Reply {
  return ok({ ...shortRepository(world), visibility: world.state.private ? "private" : "public", archived: false });
}

function getBranch(call: Call, world: World): Reply {
  const name = call.params.branch ?? "";
  const sha = world.state.refs.get(`refs/heads/${name}`);
  return sha === undefined ? notFound() : ok({ name, commit: repositoryCommit(world, sha), protected: false });
}

function listCommits(call: Call, world: World): Reply {
  const from = commitOf(world, call.query.get("sha") ?? world.state.defaultBranch);
  if (from === undefined) return notFound();
  const path = call.query.get("path");
  const { objects } = world.state;
  const touches = (sha: string) => {
    if (path === null) return true;
    const commit = readCommit(objects, sha);
    const parent = commit.parents[0];
    const before = parent === undefined ? undefined : readCommit(objects, parent).tree;
    return changedFiles(objects, before, commit.tree).some(
      (file) => file.filename === path || file.filename.startsWith(`${path}/`),
    );
  };
  return page(ancestry(objects, from).filter(touches), call, world, (shas) =>
    shas.map((sha) => repositoryCommit(world, sha)),
  );
}

function getCommit(call: Call, world: World): Reply {
  const sha = commitOf(world, call.params.ref ?? "");
  if (sha === undefined)
    return { status: 422, json: { message: `No commit found for SHA: ${call.params.ref}`, status: "422" } };
  const { objects } = world.state;
  const commit = readCommit(objects, sha);
  const parent = commit.parents[0];
  const files = changedFiles(objects, parent === undefined ? undefined : readCommit(objects, parent).tree, commit.tree);
  return ok({ ...repositoryCommit(world, sha), files });
}

function pullsOfCommit(call: Call, world: World): Reply {
  const sha = commitOf(world, call.params.ref ?? "");
  if (sha === undefined) return { status: 422, json: { message: "No commit found for SHA", status: "422" } };
  const fits = world.state.pulls.filter(
    (pull) => pull.head.sha === sha || isAncestor(world.state.objects, sha, pull.head.sha),
  );
  return page(fits, call, world, (pulls) => pulls.map((pull) => pullRequest(world, pull)));
}

function compare(call: Call, world: World): Reply {
  const { objects } = world.state;
  const names = (call.params.basehead ?? "").split("...").map((name) => name.replace(/^[^:]*:/, ""));
  const [base, head] = names.map((name) => commitOf(world, name));
  if (base === undefined || head === undefined) return notFound();
  const middle = mergeBase(objects, base, head);
  if (middle === undefined)
    return { status: 404, json: { message: "No common ancestor between the two.", status: "404" } };
  const inBase = new Set(ancestry(objects, base));
  const inHead = ancestry(objects, head);
  const ahead = inHead.filter((sha) => !inBase.has(sha)).reverse();
  const behind = inBase.size - (inHead.length - ahead.length);
  const status = ahead.length > 0 ? (behind > 0 ? "diverged" : "ahead") : behind > 0 ? "behind" : "identical";
  return ok({
    url: `${repositoryUrl(world)}/compare/${call.params.basehead}`,
    html_url: `${repositoryPage(world)}/compare/${call.params.basehead}`,
    status,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    base_commit: repositoryCommit(world, base),
    merge_base_commit: repositoryCommit(world, middle),
    commits: ahead.slice(0, 250).map((sha) => repositoryCommit(world, sha)),
    files: changedFiles(objects, readCommit(objects, middle).tree, readCommit(objects, head).tree).slice(0, 300),
  });
}

function getContents(call: Call, world: World): Reply {
  const { objects, defaultBranch } = world.state;
  const commit = commitOf(world, call.query.get("ref") ?? defaultBranch);
  if (commit === undefined)
    return { status: 404, json: { message: `No commit found for the ref ${call.query.get("ref")}`, status: "404" } };
  const path = (call.params.path ?? "").replace(/\/$/, "");
  const tree = readCommit(objects, commit).tree;
  const file = filesOf(objects, tree).get(path);
  const raw = call.headers.accept?.includes("raw") === true;
  if (file !== undefined) {
    const content = objects.get(file.sha)?.content ?? Buffer.alloc(0);
    if (raw)
      return {
        status: 200,
        bytes: content,
        headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" },
      };
    const small = content.length <= 1024 * 1024;
    return ok({
      type: "file",
      name: path.split("/").at(-1),
      path,
      sha: file.sha,
      size: content.length,
      encoding: small ? "base64" : "none",
      content: small ? content.toString("base64").replace(/.{60}/g, "$&\n") : "",
    });
  }
  let folder = tree;
  for (const part of path.split("/")) {
    const entry = readTree(objects, folder).find((one) => one.name === part && one.mode === "40000");
    if (entry === undefined) return notFound();
    folder = entry.sha;
  }
  return ok(
    readTree(objects, folder).map((entry) => ({
      type: entry.mode === "40000" ? "dir" : "file",
      name: entry.name,
      path: `${path}/${entry.name}`,
      sha: entry.sha,
      size: entry.mode === "40000" ? 0 : (objects.get(entry.sha)?.content.length ?? 0),
    })),
  );
}
