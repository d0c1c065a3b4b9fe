import { page } from "../page.ts";
import { repositoryUrl, user } from "../render.ts";
import { commitOf } from "../revision.ts";
import {
  type Call,
  created,
  invalid,
  listOf,
  noContent,
  notFound,
  ok,
  type Reply,
  type Route,
  textOf,
  type World,
} from "../route.ts";
import { type Deployment, type DeploymentStatus, type Environment, takeId } from "../state.ts";

const repo = "/repos/:owner/:repo";
const read = [{ deployments: "read" }] as const;
const write = [{ deployments: "write" }] as const;
const states = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

/** Deployments, their statuses and the repository's environments. */
export const deploymentRoutes: Route[] = [
  { method: "GET", path: `${repo}/deployments`, needs: read, handle: listDeployments },
  { method: "POST", path: `${repo}/deployments`, needs: write, handle: createDeployment },
  { method: "GET", path: `${repo}/deployments/:id`, needs: read, handle: getDeployment },
  { method: "DELETE", path: `${repo}/deployments/:id`, needs: write, handle: deleteDeployment },
  { method: "GET", path: `${repo}/deployments/:id/statuses`, needs: read, handle: listStatuses },
  { method: "POST", path: `${repo}/deployments/:id/statuses`, needs: write, handle: createStatus },
  { method: "GET", path: `${repo}/environments`, needs: [{ actions: "read" }], handle: listEnvironments },
  { method: "GET", path: `${repo}/environments/:name`, needs: [{ actions: "read" }], handle: getEnvironment },
];

function createDeployment(call: Call, world: World): Reply {
  const ref = textOf(call.json, "ref");
  const sha = commitOf(world, ref);
  if (sha === undefined) return invalid(`No ref found for: ${ref}`);
  const required = call.json.required_contexts;
  const statuses = new Map(
    world.state.statuses.filter((one) => one.sha === sha).map((one) => [one.context, one.state]),
  );
  const contexts = required === undefined ? [...statuses.keys()] : listOf(required).map(String);
  const unmet = contexts.filter((context) => statuses.get(context) !== "success");
  if (unmet.length > 0)
    return { status: 409, json: { message: `Conflict: Commit status checks failed for ${ref}.`, status: "409" } };
  const environment = textOf(call.json, "environment", "production");
  const deployment: Deployment = {
    id: takeId(world.state),
    sha,
    ref,
    task: textOf(call.json, "task", "deploy"),
    environment,
    payload: call.json.payload ?? {},
    description: textOf(call.json, "description") || null,
    author: call.token.login,
    production:
      call.json.production_environment === undefined
        ? environment === "production"
        : call.json.production_environment === true,
    transient: call.json.transient_environment === true,
    createdAt: world.now().toISOString(),
  };
  world.state.deployments.push(deployment);
  return created(deploymentObject(world, deployment));
}

function listDeployments(call: Call, world: World): Reply {
  const is = (name: string, value: string) => call.query.get(name) === null || call.query.get(name) === value;
  const fits = world.state.deployments.filter(
    (one) => is("sha", one.sha) && is("ref", one.ref) && is("task", one.task) && is("environment", one.environment),
  );
  return page(fits.toReversed(), call, world, (items) => items.map((one) => deploymentObject(world, one)));
}

function getDeployment(call: Call, world: World): Reply {
  const deployment = findDeployment(call, world);
  return deployment === undefined ? notFound() : ok(deploymentObject(world, deployment));
}

function deleteDeployment(call: Call, world: World): Reply {
  const deployment = findDeployment(call, world);
  if (deployment === undefined) return notFound();
  world.state.deployments = world.state.deployments.filter((one) => one.id !== deployment.id);
  return noContent();
}

/** `success` makes earlier deployments of the environment inactive, unless they are transient or production. */
function createStatus(call: Call, world: World): Reply {
  const deployment = findDeployment(call, world);
  if (deployment === undefined) return notFound();
  const state = textOf(call.json, "state");
  if (!states.includes(state))
    return invalid("Validation Failed", { resource: "DeploymentStatus", field: "state", code: "custom" });
  if (textOf(call.json, "description").length > 140)
    return invalid("Validation Failed", { resource: "DeploymentStatus", field: "description", code: "custom" });
  const status = addStatus(world, deployment, call.json, call.token.login);
  if (state === "success" && call.json.auto_inactive !== false) {
    for (const earlier of world.state.deployments) {
      if (earlier.id >= deployment.id || earlier.environment !== deployment.environment) continue;
      if (earlier.transient || earlier.production || latestState(world, earlier) !== "success") continue;
      addStatus(world, earlier, { state: "inactive" }, call.token.login);
    }
  }
  return created(statusObject(world, status));
}

function addStatus(
  world: World,
  deployment: Deployment,
  fields: Readonly<Record<string, unknown>>,
  author: string,
): DeploymentStatus {
  const status = {
    id: takeId(world.state),
    deployment: deployment.id,
    fields,
    author,
    createdAt: world.now().toISOString(),
  };
  world.state.deploymentStatuses.push(status);
  return status;
}

function latestState(world: World, deployment: Deployment): unknown {
  return world.state.deploymentStatuses.findLast((one) => one.deployment === deployment.id)?.fields.state;
}

function listStatuses(call: Call, world: World): Reply {
  const deployment = findDeployment(call, world);
  if (deployment === undefined) return notFound();
  const fits = world.state.deploymentStatuses.filter((one) => one.deployment === deployment.id);
  return page(fits.toReversed(), call, world, (items) => items.map((one) => statusObject(world, one)));
}

function findDeployment(call: Call, world: World): Deployment | undefined {
  return world.state.deployments.find((one) => String(one.id) === call.params.id);
}

function deploymentObject(world: World, one: Deployment): Record<string, unknown> {
  const { id, sha, ref, task, environment, payload, description } = one;
  const url = `${repositoryUrl(world)}/deployments/${id}`;
  const flags = {
    production_environment: one.production,
    transient_environment: one.transient,
    original_environment: environment,
  };
  const at = { created_at: one.createdAt, updated_at: one.createdAt };
  return {
    id,
    sha,
    ref,
    task,
    environment,
    payload,
    description,
    creator: user(one.author),
    url,
    statuses_url: `${url}/statuses`,
    ...flags,
    ...at,
  };
}

function statusObject(world: World, one: DeploymentStatus): Record<string, unknown> {
  const url = `${repositoryUrl(world)}/deployments/${one.deployment}`;
  const defaults = { description: "", environment_url: "", log_url: "", target_url: "" };
  const at = { created_at: one.createdAt, updated_at: one.createdAt };
  const environment = world.state.deployments.find((deployment) => deployment.id === one.deployment)?.environment;
  return {
    id: one.id,
    environment,
    ...defaults,
    ...one.fields,
    creator: user(one.author),
    deployment_url: url,
    url: `${url}/statuses/${one.id}`,
    ...at,
  };
}

function listEnvironments(call: Call, world: World): Reply {
  return page(world.state.environments, call, world, (items, total_count) => ({
    total_count,
    environments: items.map(environmentObject),
  }));
}

function getEnvironment(call: Call, world: World): Reply {
  const environment = world.state.environments.find((one) => one.name === call.params.name);
  return environment === undefined ? notFound() : ok(environmentObject(environment));
}

function environmentObject(one: Environment): Record<string, unknown> {
  const reviewers = one.reviewers.map((login) => ({ type: "User", reviewer: user(login) }));
  const rule = { id: 1, type: "required_reviewers", prevent_self_review: one.preventSelfReview, reviewers };
  return {
    id: one.name.length,
    name: one.name,
    protection_rules: reviewers.length === 0 ? [] : [rule],
    deployment_branch_policy: null,
  };
}
