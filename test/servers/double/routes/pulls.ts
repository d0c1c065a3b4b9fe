import { readCommit } from "../git-objects.ts";
import { page } from "../page.ts";
import { pullRequest } from "../render.ts";
import { commitOf } from "../revision.ts";
import { type Call, notFound, ok, type Reply, type Route, type World } from "../route.ts";
import type { PullRequest } from "../state.ts";
import { changedFiles, mergeBase } from "../tree-difference.ts";

const pulls = "/repos/:owner/:repo/pulls";
const read = [{ pull_requests: "read" }] as const;

/** Pull requests: get, list, changed files, reviews, and what reviewers may do. */
export const pullRoutes: Route[] = [
  { method: "GET", path: pulls, needs: read, handle: listPulls },
  { method: "GET", path: `${pulls}/:number`, needs: read, handle: getPull },
  { method: "GET", path: `${pulls}/:number/files`, needs: read, handle: listFiles },
  { method: "GET", path: `${pulls}/:number/reviews`, needs: read, handle: listReviews },
  {
    method: "GET",
    path: "/repos/:owner/:repo/collaborators/:user/permission",
    needs: [{ metadata: "read" }],
    handle: permissionOf,
  },
];

function listPulls(call: Call, world: World): Reply {
  const state = call.query.get("state") ?? "open";
  const head = call.query.get("head");
  const base = call.query.get("base");
  const fits = world.state.pulls.filter(
    (pull) =>
      (state === "all" || pull.state === state) &&
      (head === null || `${pull.head.repository.split("/")[0]}:${pull.head.ref}` === head) &&
      (base === null || pull.base.ref === base),
  );
  return page(fits.toReversed(), call, world, (items) => items.map((pull) => pullRequest(world, pull)));
}

function getPull(call: Call, world: World): Reply {
  const pull = findPull(call, world);
  return pull === undefined
    ? notFound()
    : ok({ ...pullRequest(world, pull), mergeable: pull.state === "open", commits: 1 });
}

function listFiles(call: Call, world: World): Reply {
  const pull = findPull(call, world);
  if (pull === undefined) return notFound();
  const { objects } = world.state;
  const base = commitOf(world, pull.base.ref) ?? pull.base.sha;
  const middle = mergeBase(objects, base, pull.head.sha) ?? pull.base.sha;
  const files = changedFiles(objects, readCommit(objects, middle).tree, readCommit(objects, pull.head.sha).tree);
  return page(files.slice(0, 3000), call, world);
}

function listReviews(call: Call, world: World): Reply {
  if (findPull(call, world) === undefined) return notFound();
  const mine = world.state.reviews.filter(({ pull }) => String(pull) === call.params.number);
  return page(mine, call, world, (reviews) =>
    reviews.map(({ user, state, commit }) => ({ user: { login: user }, state, commit_id: commit })),
  );
}

/** `maintain` is `write` in the old field; whoever has no role may read a public repository. */
function permissionOf(call: Call, world: World): Reply {
  const role = world.state.roles.get(call.params.user ?? "") ?? "read";
  return ok({ permission: role === "maintain" ? "write" : role, role_name: role, user: { login: call.params.user } });
}

function findPull(call: Call, world: World): PullRequest | undefined {
  return world.state.pulls.find((pull) => String(pull.number) === call.params.number);
}
