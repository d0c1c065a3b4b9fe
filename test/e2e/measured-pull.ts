import { readZip, zipLimits } from "../../packages/github/src/zip.ts";
import { makeZip, type ZipEntry } from "../../packages/github/test/make-zip.ts";
import { addArtifact, addRun } from "../servers/double/seed.ts";
import type { CommitStatus, StoredArtifact } from "../servers/double/state.ts";
import { type Permissions, workflowToken } from "../servers/double/tokens.ts";
import { workflowRunEvent } from "../servers/runner/events.ts";
import type { ActionResult } from "../servers/runner.ts";
import { gatedProject, workflow as measure, type Project, policyOf, said } from "./project.ts";

const report = ".github/workflows/report.yml";
/** The token of a fork's job. */
const reader = workflowToken("reader", "ghs_onlyreads0123456789012345", { contents: "read" });
/** What `report.yml` lists, and no more. */
const listed: Permissions = { actions: "read", contents: "read", pull_requests: "write", statuses: "write" };
const reporter = workflowToken("reporter", "ghs_reports01234567890123456", listed);

/** The same with one permission less, or only to be read with. */
export const lacking = {
  actions: workflowToken("no-actions", "ghs_noactions0123456789012345", without("actions")),
  contents: workflowToken("no-contents", "ghs_nocontents012345678901234", without("contents")),
  pull_requests: workflowToken("no-pulls", "ghs_nopulls012345678901234567", { ...listed, pull_requests: "read" }),
  statuses: workflowToken("no-statuses", "ghs_nostatuses012345678901234", { ...listed, statuses: "read" }),
};

function without(name: string): Permissions {
  return Object.fromEntries(Object.entries(listed).filter(([held]) => held !== name));
}

const baseline = workflowToken("baseline", "ghs_baseline0123456789012345", {
  actions: "write",
  contents: "read",
  pull_requests: "write",
});

export const gates = ["{ metric: accuracy, max-drop: 0.02 }"];
export const protect = "protect: [eval/**]\n";

export interface MeasuredOptions {
  files?: Record<string, string>;
  policy?: string;
  /** The path of the workflow that measured. */
  path?: string;
  headRepository?: string;
  /** Nothing is measured. */
  skip?: boolean;
  /** What is measured, by model; `m` from metrics.json when left out. */
  models?: Readonly<Record<string, Record<string, string>>>;
}

/** A pull request that was measured by a run of it, and what a test does with it. */
export interface MeasuredPull {
  here: Project & { base: string };
  pull: { head: string; merge: string };
  run: ReturnType<typeof addRun>;
  /** The trusted run. */
  trusted(inputs?: Record<string, string>, token?: string): Promise<ActionResult>;
  /** The statuses of the head, oldest first. */
  status(): CommitStatus[];
  /** The artifact that the run uploaded of a model, as GitHub stores it. */
  uploaded(model?: string): StoredArtifact;
  /** What is in it, as text by path. */
  documents(model?: string): Promise<Record<string, string>>;
  /** The run uploads this in place of what it uploaded. */
  forge(entries: readonly ZipEntry[] | Uint8Array, model?: string): Promise<StoredArtifact>;
}

/** A base with a policy, a fork's pull request that was measured by a run that can only read, and the event of the trusted run. */
export async function measuredPull(accuracy: number, o: MeasuredOptions = {}): Promise<MeasuredPull> {
  const here = await gatedProject({ accuracy: 0.9 }, o.policy ?? policyOf(gates, protect), {
    tokens: [baseline, reader, reporter, ...Object.values(lacking)],
  });
  const headRepository = o.headRepository ?? "fan/ml";
  const files = { "metrics.json": JSON.stringify({ accuracy }), ...o.files };
  const pull = here.proposed({ number: 7, base: here.base, files, headRepository });
  const run = addRun(here.double.world, {
    headSha: pull.head,
    path: o.path ?? measure,
    name: "model gate",
    event: "pull_request",
    headBranch: "change-7",
    headRepository,
  });
  const measured = o.skip === true ? {} : (o.models ?? { m: { metrics: "metrics.json" } });
  for (const [model, inputs] of Object.entries(measured)) {
    const options = { run: { id: run.id, path: measure }, token: reader.secret };
    const step = await here.step("evaluate", { model, ...inputs }, pull.event, options);
    if (step.exitCode !== 0) throw new Error(said(step));
  }
  const uploaded = (model = "m") => {
    const found = here.double.state.artifacts.find(
      ({ run: id, name }) => id === run.id && name === `metricgate-evaluation.${model}.1`,
    );
    if (found === undefined) throw new Error(`nothing was uploaded of ${model}`);
    return found;
  };
  return {
    here,
    pull,
    run,
    async trusted(inputs = {}, token = reporter.secret) {
      here.git("checkout", "--quiet", "--force", "main");
      here.freshJob();
      const about = {
        id: run.id,
        event: "pull_request",
        head_sha: pull.head,
        head_branch: "change-7",
        path: run.path,
        head_repository: { full_name: headRepository },
        repository: { full_name: "octo/ml" },
        pull_requests: [],
      };
      return here.step(
        "report",
        { "run-id": String(run.id), workflow: measure, ...inputs },
        workflowRunEvent({ sha: here.base, run: about }),
        { run: { id: 9000, path: report, name: "report" }, token },
      );
    },
    status: () => here.double.state.statuses.filter(({ sha }) => sha === pull.head),
    uploaded,
    async documents(model) {
      const { apiUrl, repository } = here.double;
      const address = `${apiUrl}/repos/${repository}/actions/artifacts/${uploaded(model).id}/zip`;
      const answer = await fetch(address, { headers: { authorization: `Bearer ${baseline.secret}` } });
      const unpacked = await readZip(new Uint8Array(await answer.arrayBuffer()), zipLimits);
      here.double.requests.length = 0;
      return Object.fromEntries([...unpacked].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
    },
    async forge(entries, model = "m") {
      const { artifacts } = here.double.state;
      const name = `metricgate-evaluation.${model}.1`;
      const at = artifacts.findIndex((artifact) => artifact.run === run.id && artifact.name === name);
      if (at >= 0) artifacts.splice(at, 1);
      const bytes = entries instanceof Uint8Array ? entries : makeZip(entries);
      return addArtifact(here.double.world, { run: run.id, name, bytes });
    },
  };
}
