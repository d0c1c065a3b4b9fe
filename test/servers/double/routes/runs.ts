import { page } from "../page.ts";
import { repositoryUrl, user, workflowId, workflowRun } from "../render.ts";
import { type Call, noContent, notFound, ok, type Reply, type Route, textOf, type World } from "../route.ts";
import type { WorkflowRun } from "../state.ts";

const actions = "/repos/:owner/:repo/actions";
const read = [{ actions: "read" }] as const;

/** Workflow runs, their jobs and approvals, and the two dispatches. */
export const runRoutes: Route[] = [
  { method: "GET", path: `${actions}/runs`, needs: read, handle: (call, world) => listRuns(call, world, () => true) },
  { method: "GET", path: `${actions}/workflows`, needs: read, handle: listWorkflows },
  { method: "GET", path: `${actions}/workflows/:workflow`, needs: read, handle: getWorkflow },
  { method: "GET", path: `${actions}/workflows/:workflow/runs`, needs: read, handle: listWorkflowRuns },
  { method: "GET", path: `${actions}/runs/:run`, needs: read, handle: getRun },
  { method: "GET", path: `${actions}/runs/:run/attempts/:attempt`, needs: read, handle: getRun },
  { method: "GET", path: `${actions}/runs/:run/jobs`, needs: read, handle: listJobs },
  { method: "GET", path: `${actions}/runs/:run/approvals`, needs: read, handle: listApprovals },
  { method: "GET", path: `${actions}/runs/:run/pending_deployments`, needs: read, handle: () => ok([]) },
  {
    method: "POST",
    path: `${actions}/workflows/:workflow/dispatches`,
    needs: [{ actions: "write" }],
    handle: dispatch,
  },
  { method: "POST", path: "/repos/:owner/:repo/dispatches", needs: [{ contents: "write" }], handle: dispatch },
];

function listWorkflowRuns(call: Call, world: World): Reply {
  const workflow = findWorkflow(call, world);
  if (workflow === undefined) return notFound();
  return listRuns(call, world, (run) => run.path === workflow);
}

/** Newest first. `status` fits the run's status or its conclusion, as on GitHub. */
function listRuns(call: Call, world: World, wanted: (run: WorkflowRun) => boolean): Reply {
  const is = (name: string, ...values: (string | null)[]) => {
    const asked = call.query.get(name);
    return asked === null || values.includes(asked);
  };
  const fits = world.state.runs.filter(
    (run) =>
      wanted(run) &&
      is("event", run.event) &&
      is("branch", run.headBranch) &&
      is("head_sha", run.headSha) &&
      is("actor", run.actor) &&
      is("status", run.status, run.conclusion),
  );
  const sorted = fits.toSorted((a, b) => b.id - a.id);
  return page(sorted, call, world, (items, total_count) => ({
    total_count,
    workflow_runs: items.map((run) => workflowRun(world, run)),
  }));
}

function getRun(call: Call, world: World): Reply {
  const run = world.state.runs.find((one) => String(one.id) === call.params.run);
  if (run === undefined) return notFound();
  const attempt = Number(call.params.attempt ?? run.attempt);
  return attempt > run.attempt ? notFound() : ok(workflowRun(world, { ...run, attempt }));
}

function listJobs(call: Call, world: World): Reply {
  const run = world.state.runs.find((one) => String(one.id) === call.params.run);
  if (run === undefined) return notFound();
  const job = {
    id: run.id * 10,
    run_id: run.id,
    run_attempt: run.attempt,
    name: run.name,
    status: run.status,
    conclusion: run.conclusion,
    head_sha: run.headSha,
  };
  return ok({ total_count: 1, jobs: [job] });
}

function listApprovals(call: Call, world: World): Reply {
  const run = world.state.runs.find((one) => String(one.id) === call.params.run);
  if (run === undefined) return notFound();
  const approvals = world.state.approvals.get(run.id) ?? [];
  return ok(
    approvals.map((one) => ({
      state: one.state,
      comment: one.comment,
      user: user(one.user),
      environments: one.environments.map((name) => ({
        id: name.length,
        name,
        url: `${repositoryUrl(world)}/environments/${name}`,
      })),
    })),
  );
}

function listWorkflows(call: Call, world: World): Reply {
  const paths = [...new Set(world.state.runs.map((run) => run.path))];
  return page(paths, call, world, (items, total_count) => ({ total_count, workflows: items.map(workflowObject) }));
}

function getWorkflow(call: Call, world: World): Reply {
  const path = findWorkflow(call, world);
  return path === undefined ? notFound() : ok(workflowObject(path));
}

function workflowObject(path: string): Record<string, unknown> {
  return { id: workflowId(path), name: path, path, state: "active" };
}

/** By id, or by the file's name without its folder. */
function findWorkflow(call: Call, world: World): string | undefined {
  const asked = call.params.workflow ?? "";
  return world.state.runs.find((run) => run.path.split("/").at(-1) === asked || String(workflowId(run.path)) === asked)
    ?.path;
}

function dispatch(call: Call, world: World): Reply {
  world.state.dispatches.push({ what: call.params.workflow ?? textOf(call.json, "event_type"), body: call.json });
  return noContent();
}
