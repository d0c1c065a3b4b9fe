import { afterEach, expect, test } from "vitest";
import { addRun } from "../servers/double/seed.ts";
import { workflowToken } from "../servers/double/tokens.ts";
import { workflowRunEvent } from "../servers/runner/events.ts";
import { gatedProject, workflow as measure, type Project, policyOf, said } from "./project.ts";

const report = ".github/workflows/report.yml";
const started: Project[] = [];
const reader = workflowToken("reader", "ghs_onlyreads0123456789012345", { contents: "read" });
const reporter = workflowToken("reporter", "ghs_reports01234567890123456", {
  actions: "read",
  contents: "read",
  pull_requests: "write",
  statuses: "write",
});
const baseline = workflowToken("baseline", "ghs_baseline0123456789012345", {
  actions: "write",
  contents: "read",
  pull_requests: "write",
});
const gates = ["{ metric: accuracy, max-drop: 0.02 }"];
const protect = "protect: [eval/**]\n";

afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

/** A base with a policy, a fork's pull request that was measured by a run that can only read, and the event of the trusted run. */
async function measured(
  accuracy: number,
  o: { files?: Record<string, string>; policy?: string; path?: string; headRepository?: string; skip?: boolean } = {},
) {
  const here = await gatedProject({ accuracy: 0.9 }, o.policy ?? policyOf(gates, protect), {
    tokens: [baseline, reader, reporter],
  });
  started.push(here);
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
  if (o.skip !== true) {
    const step = await here.step("evaluate", { metrics: "metrics.json", model: "m" }, pull.event, {
      run: { id: run.id, path: measure },
      token: reader.secret,
    });
    expect(step.exitCode, said(step)).toBe(0);
  }
  const trusted = async (inputs: Record<string, string> = {}) => {
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
      { run: { id: 9000, path: report, name: "report" }, token: reporter.secret },
    );
  };
  const status = () => here.double.state.statuses.filter(({ sha }) => sha === pull.head);
  return { here, pull, run, trusted, status };
}

test("a worse model from a fork gets its comment and a failed status, with the permissions that the workflow lists", async () => {
  const { here, trusted, status, pull } = await measured(0.8);
  const result = await trusted();
  expect(result.exitCode, said(result)).toBe(0);
  expect(result.outputs.verdict).toBe("fail");
  expect(status()).toMatchObject([{ context: "metricgate", state: "failure" }]);
  expect(here.double.state.comments).toHaveLength(1);
  expect(here.double.state.comments[0]?.body).toContain("❌");
  expect(here.double.state.comments[0]?.body).toContain(pull.head.slice(0, 7));
  expect(result.requests.filter(({ status: code }) => code === 403)).toEqual([]);
  const again = await trusted();
  expect(again.requests.filter(({ method, path }) => method !== "GET" && path.startsWith("/repos/"))).toEqual([]);
});

test("a good one gets a success", async () => {
  const { trusted, status } = await measured(0.91);
  const result = await trusted();
  expect(result.exitCode, said(result)).toBe(0);
  expect(status()).toMatchObject([{ state: "success" }]);
});

test("a verdict and a policy that the pull request wrote itself change nothing", async () => {
  const loose = policyOf(["{ metric: accuracy, max-drop: 0.5 }"], protect);
  const { trusted, status } = await measured(0.8, { files: { ".github/metricgate.yml": loose } });
  expect((await trusted()).outputs.verdict).toBe("fail");
  expect(status()).toMatchObject([{ state: "failure" }]);
});

test("a protected file waits for an owner's approval of exactly this head; the author's and an older one do not count", async () => {
  const { here, trusted, status, pull } = await measured(0.91, { files: { "eval/data.csv": "a\n" } });
  const { reviews, roles } = here.double.state;
  const last = () => status().at(-1);
  await trusted();
  expect(last()).toMatchObject({ state: "pending", description: expect.stringContaining("eval/data.csv") });
  reviews.push({ pull: 7, user: "octocat", state: "APPROVED", commit: pull.head });
  reviews.push({ pull: 7, user: "asha", state: "APPROVED", commit: here.base });
  reviews.push({ pull: 7, user: "reader", state: "APPROVED", commit: pull.head });
  roles.set("asha", "admin").set("octocat", "admin");
  await trusted();
  expect(last()).toMatchObject({ state: "pending" });
  reviews.push({ pull: 7, user: "asha", state: "APPROVED", commit: pull.head });
  await trusted();
  expect(last()).toMatchObject({ state: "success" });
  reviews.push({ pull: 7, user: "asha", state: "CHANGES_REQUESTED", commit: pull.head });
  await trusted();
  expect(last()).toMatchObject({ state: "pending" });
});

test("a waiver of the pull request counts when an owner of the policy approved its head, and nothing else of its policy does", async () => {
  const waived = policyOf(
    ["{ metric: accuracy, max-drop: 0.5 }"],
    `${protect}waivers: [{ gate: accuracy, reason: agreed, by: asha, until: 2027-01-01 }]\n`,
  );
  const { here, trusted, status, pull } = await measured(0.8, {
    files: { ".github/metricgate.yml": waived },
    headRepository: "octo/ml",
  });
  await trusted();
  expect(status().at(-1)).toMatchObject({ state: "failure" });
  here.double.state.roles.set("asha", "maintain");
  here.double.state.reviews.push({ pull: 7, user: "asha", state: "APPROVED", commit: pull.head });
  const result = await trusted();
  expect(result.outputs.verdict, said(result)).toBe("warn");
  expect(status().at(-1)).toMatchObject({ state: "success" });
  expect(here.double.state.comments.at(-1)?.body).toContain("agreed");
});

test("a planned model without documents is a failure", async () => {
  const { trusted, status } = await measured(0.91, { skip: true });
  await trusted();
  expect(status()).toMatchObject([{ state: "failure" }]);
});

test.each([
  ["another workflow that calls itself the same", { path: ".github/workflows/fake.yml" }],
  ["a push run", { event: "push" }],
])("documents of %s are refused, and no status is set", async (_, change) => {
  const { run, trusted, status } = await measured(0.91);
  Object.assign(run, change);
  const result = await trusted();
  expect(result.exitCode).not.toBe(0);
  expect(said(result)).toContain("not believed");
  expect(status()).toEqual([]);
});

test("a head that has moved on is left alone", async () => {
  const { here, trusted, status } = await measured(0.8);
  const pull = here.double.state.pulls[0];
  if (pull !== undefined) pull.head = { ...pull.head, sha: here.base };
  const result = await trusted();
  expect(result.exitCode, said(result)).toBe(0);
  expect(status()).toEqual([]);
  expect(here.double.state.comments).toEqual([]);
});

test("run-id without the workflow is refused", async () => {
  const { trusted } = await measured(0.91);
  const result = await trusted({ workflow: "" });
  expect([result.exitCode, said(result)]).toMatchObject([2, expect.stringContaining("workflow")]);
});
