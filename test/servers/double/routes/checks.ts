import { page } from "../page.ts";
import { repositoryPage, repositoryUrl, user } from "../render.ts";
import { commitOf } from "../revision.ts";
import {
  type Call,
  created,
  invalid,
  listOf,
  notFound,
  objectOf,
  ok,
  type Reply,
  type Route,
  textOf,
  type World,
} from "../route.ts";
import { type CheckRun, type CommitStatus, takeId } from "../state.ts";

const repo = "/repos/:owner/:repo";
const annotationLimit = 50;
const textLimit = 65_535;
const conclusions = ["action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"];
const states = ["error", "failure", "pending", "success"];

/** Check runs, made by Apps only, and commit statuses. */
export const checkRoutes: Route[] = [
  { method: "POST", path: `${repo}/check-runs`, needs: [{ checks: "write" }], handle: createCheck },
  { method: "GET", path: `${repo}/check-runs/:id`, needs: [{ checks: "read" }], handle: getCheck },
  { method: "PATCH", path: `${repo}/check-runs/:id`, needs: [{ checks: "write" }], handle: updateCheck },
  { method: "GET", path: `${repo}/check-runs/:id/annotations`, needs: [{ checks: "read" }], handle: listAnnotations },
  { method: "GET", path: `${repo}/commits/:ref/check-runs`, needs: [{ checks: "read" }], handle: listChecks },
  { method: "POST", path: `${repo}/statuses/:sha`, needs: [{ statuses: "write" }], handle: createStatus },
  { method: "GET", path: `${repo}/commits/:ref/statuses`, needs: [{ statuses: "read" }], handle: listStatuses },
  { method: "GET", path: `${repo}/commits/:ref/status`, needs: [{ statuses: "read" }], handle: combinedStatus },
];

function createCheck(call: Call, world: World): Reply {
  if (call.token.kind === "user")
    return { status: 403, json: { message: "You must authenticate via a GitHub App.", status: "403" } };
  if (textOf(call.json, "name") === "") return invalid('Invalid request.\n\n"name" wasn\'t supplied.');
  const headSha = textOf(call.json, "head_sha");
  if (world.state.objects.get(headSha)?.type !== "commit") return invalid(`No commit found for SHA: ${headSha}`);
  const check: CheckRun = {
    id: takeId(world.state),
    headSha,
    fields: { status: "queued", conclusion: null },
    annotations: [],
  };
  const refused = applyCheck(call, check);
  if (refused !== undefined) return refused;
  world.state.checkRuns.push(check);
  return created(checkObject(world, check));
}

function updateCheck(call: Call, world: World): Reply {
  const check = findCheck(call, world);
  if (check === undefined) return notFound();
  return applyCheck(call, check) ?? ok(checkObject(world, check));
}

/** Annotations add up over updates; everything else replaces. */
function applyCheck(call: Call, check: CheckRun): Reply | undefined {
  const output = objectOf(call.json.output);
  const annotations = listOf(output.annotations);
  if (annotations.length > annotationLimit)
    return invalid(
      `Invalid request.\n\nNo more than ${annotationLimit} items are allowed; ${annotations.length} were supplied.`,
    );
  for (const name of ["summary", "text"]) {
    if (textOf(output, name).length > textLimit)
      return invalid(`Invalid request.\n\n"output.${name}" is too long (maximum is ${textLimit} characters)`);
  }
  if (call.json.output !== undefined && textOf(output, "summary") === "")
    return invalid('Invalid request.\n\n"summary" wasn\'t supplied.');
  const conclusion = call.json.conclusion;
  if (conclusion !== undefined && !conclusions.includes(String(conclusion)))
    return invalid(`Invalid request.\n\n${String(conclusion)} is not a possible conclusion.`);
  const completed = conclusion === undefined ? {} : { status: "completed" };
  const { head_sha, output: _output, ...rest } = call.json;
  const shown =
    call.json.output === undefined
      ? {}
      : { output: { title: output.title, summary: output.summary, text: output.text ?? null } };
  check.fields = { ...check.fields, ...completed, ...rest, ...shown };
  check.annotations.push(...annotations);
  return undefined;
}

function checkObject(world: World, check: CheckRun): Record<string, unknown> {
  const output = objectOf(check.fields.output);
  const url = `${repositoryUrl(world)}/check-runs/${check.id}`;
  return {
    id: check.id,
    head_sha: check.headSha,
    url,
    html_url: `${repositoryPage(world)}/runs/${check.id}`,
    app: { id: 15368, slug: "github-actions" },
    ...check.fields,
    output: {
      title: null,
      summary: null,
      text: null,
      ...output,
      annotations_count: check.annotations.length,
      annotations_url: `${url}/annotations`,
    },
  };
}

function getCheck(call: Call, world: World): Reply {
  const check = findCheck(call, world);
  return check === undefined ? notFound() : ok(checkObject(world, check));
}

function listAnnotations(call: Call, world: World): Reply {
  const check = findCheck(call, world);
  return check === undefined ? notFound() : page(check.annotations, call, world);
}

function listChecks(call: Call, world: World): Reply {
  const sha = commitOf(world, call.params.ref ?? "");
  const name = call.query.get("check_name");
  const fits = world.state.checkRuns.filter(
    (check) => check.headSha === sha && (name === null || check.fields.name === name),
  );
  return page(fits.toReversed(), call, world, (items, total_count) => ({
    total_count,
    check_runs: items.map((check) => checkObject(world, check)),
  }));
}

function findCheck(call: Call, world: World): CheckRun | undefined {
  return world.state.checkRuns.find((check) => String(check.id) === call.params.id);
}

function createStatus(call: Call, world: World): Reply {
  const sha = call.params.sha ?? "";
  if (world.state.objects.get(sha)?.type !== "commit") return invalid(`No commit found for SHA: ${sha}`);
  const state = textOf(call.json, "state");
  if (!states.includes(state))
    return invalid("Validation Failed", { resource: "Status", field: "state", code: "custom" });
  if (textOf(call.json, "description").length > 140)
    return invalid("Validation Failed", { resource: "Status", field: "description", code: "custom" });
  const status: CommitStatus = {
    id: takeId(world.state),
    sha,
    state,
    context: textOf(call.json, "context", "default"),
    description: textOf(call.json, "description") || null,
    targetUrl: textOf(call.json, "target_url") || null,
    author: call.token.login,
    createdAt: world.now().toISOString(),
  };
  world.state.statuses.push(status);
  return created(statusObject(world, status));
}

function statusObject(world: World, status: CommitStatus): Record<string, unknown> {
  const { id, state, context, description } = status;
  const at = { created_at: status.createdAt, updated_at: status.createdAt };
  return {
    id,
    state,
    context,
    description,
    target_url: status.targetUrl,
    creator: user(status.author),
    url: `${repositoryUrl(world)}/statuses/${status.sha}`,
    ...at,
  };
}

function listStatuses(call: Call, world: World): Reply {
  const sha = commitOf(world, call.params.ref ?? "");
  const fits = world.state.statuses.filter((status) => status.sha === sha);
  return page(fits.toReversed(), call, world, (items) => items.map((status) => statusObject(world, status)));
}

/** The newest status of each context; one failure fails, none at all is pending. */
function combinedStatus(call: Call, world: World): Reply {
  const sha = commitOf(world, call.params.ref ?? "");
  if (sha === undefined) return notFound();
  const newest = new Map(
    world.state.statuses.filter((status) => status.sha === sha).map((status) => [status.context, status]),
  );
  const all = [...newest.values()];
  const failed = all.some((status) => status.state === "failure" || status.state === "error");
  const pending = all.length === 0 || all.some((status) => status.state === "pending");
  const state = failed ? "failure" : pending ? "pending" : "success";
  return ok({ state, sha, total_count: all.length, statuses: all.map((status) => statusObject(world, status)) });
}
