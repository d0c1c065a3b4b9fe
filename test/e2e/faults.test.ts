import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runnerPublisher } from "../../packages/action-kit/src/runner/runner-publisher.ts";
import { createClient } from "../../packages/github/src/client.ts";
import { setStatus } from "../../packages/github/src/status.ts";
import { report } from "../../packages/pipeline/src/report/report.ts";
import { hashing } from "../../packages/pipeline/src/workspace/hashing.ts";
import { nodeWorkspace } from "../../packages/pipeline/src/workspace/node-workspace.ts";
import type { Fault } from "../servers/double/faults.ts";
import { writesIn } from "../servers/double/request-log.ts";
import { gatedProject, type Project, policyOf, said, workflow } from "./project.ts";

const scripts = 200;
/** What the waits of one client may come to, and of the writes that look before they repeat: three of at most 3 s. */
const longestWaitMs = 120_000 + 4 * 3_000;
let here: Project & { base: string };
let head: string;
let earlierHead: string;

beforeAll(async () => {
  here = await gatedProject({ accuracy: 0.9, latency_ms: 12 }, policyOf(["{ metric: accuracy, max-drop: 0.02 }"]));
  earlierHead = here.base;
  const files = { "metrics.json": JSON.stringify({ accuracy: 0.85, latency_ms: 12 }) };
  const pull = here.proposed({ number: 1, base: here.base, files });
  head = pull.head;
  const options = { run: { id: 501 } };
  const measured = await here.step("evaluate", {}, pull.event, options);
  const judged = await here.step("gate", {}, pull.event, options);
  if (measured.exitCode !== 0 || judged.exitCode !== 1) throw new Error(`${said(measured)}\n${said(judged)}`);
});
afterAll(() => here.stop());

/** One run of `report` with check and status, in this process and on a clock of its own. */
async function reported(run: number, about: string) {
  const { double } = here;
  let waited = 0;
  const client = createClient({
    apiUrl: double.apiUrl,
    token: double.token,
    now: () => Date.now() + waited,
    sleep: async (milliseconds) => {
      waited += milliseconds;
    },
  });
  const ports = {
    runner: {
      variables: {},
      payload: {},
      apiUrl: double.apiUrl,
      serverUrl: "https://github.com",
      repository: double.repository,
      temporary: here.folder,
      hasArtifacts: false,
    },
    change: {
      event: "pull_request",
      recordsBaseline: false,
      headSha: about,
      sha: about,
      pullRequest: 1,
      base: { branch: "main", sha: here.base },
      run: { id: run, attempt: 1, workflow, event: "pull_request" },
    },
    workspace: await nodeWorkspace(here.folder),
    client: async () => client,
    artifacts: () => Promise.reject(new Error("nothing is uploaded here")),
  };
  const before = double.requests.length;
  const said: string[] = [];
  const { summary: _summary, annotate: _annotate, ...publisher } = await runnerPublisher(ports);
  let summary = "";
  const result = await report(
    { comment: "always", check: true, html: false },
    {
      ...ports,
      hashing,
      messages: { info: (text) => said.push(text), warn: (text) => said.push(text) },
      links: { repository: "https://github.com/octo/ml", run: `https://github.com/octo/ml/actions/runs/${run}` },
      publisher: {
        ...publisher,
        summary: async (markdown) => {
          summary = markdown;
        },
      },
    },
  );
  const status = {
    repo: double.repository,
    sha: about,
    context: "metricgate",
    state: "failure",
    description: "Failed: m.",
  } as const;
  const refused = await setStatus(client, status).then(
    () => undefined,
    (thrown: unknown) => publisher.explain(thrown, "comment"),
  );
  return { result, waited, summary, refused, requests: double.requests.slice(before) };
}

const limited = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);
const secondary = {
  message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
};
const strikes: Record<string, (seconds: number) => Partial<Fault>> = {
  "500": () => ({ status: 500 }),
  "502": () => ({ status: 502 }),
  "503": () => ({ status: 503 }),
  "504": () => ({ status: 504 }),
  "reset before": () => ({ cut: "reset-before" }),
  "reset after commit": () => ({ cut: "commit-then-reset" }),
  "429": (seconds) => ({ status: 429, headers: { "retry-after": String(seconds) } }),
  "403 secondary": (seconds) => ({ status: 403, body: secondary, headers: { "retry-after": String(seconds) } }),
  "403 secondary without a time": () => ({ status: 403, body: secondary }),
  "403 primary": (seconds) => ({
    status: 403,
    body: { message: "API rate limit exceeded for installation." },
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": limited(seconds) },
  }),
  "403 primary, an hour": () => ({
    status: 403,
    body: { message: "API rate limit exceeded for installation." },
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": limited(3600) },
  }),
  "422": () => ({ status: 422, body: { message: "Validation Failed" } }),
};
const routes = [
  "GET /repos/:o/:r/issues/:n/comments",
  "POST /repos/:o/:r/issues/:n/comments",
  "POST /repos/:o/:r/issues/:n/comments",
  "PATCH /repos/:o/:r/issues/comments/:id",
  "GET /repos/:o/:r/issues/comments/:id",
  "GET /repos/:o/:r/pulls/:n",
  "GET /repos/:o/:r/commits/:sha/check-runs",
  "POST /repos/:o/:r/check-runs",
  "PATCH /repos/:o/:r/check-runs/:id",
  "GET /repos/:o/:r/commits/:sha/statuses",
  "POST /repos/:o/:r/statuses/:sha",
  "/**",
];
const script = fc.record({
  /** Whether an earlier push has left a comment. */
  again: fc.boolean(),
  faults: fc.array(
    fc.record({
      route: fc.constantFrom(...routes),
      strike: fc.constantFrom(...Object.keys(strikes)),
      times: fc.integer({ min: 1, max: 3 }),
      after: fc.integer({ min: 0, max: 1 }),
      seconds: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

test(`${scripts} seeded fault scripts: one comment, check run and status, the same verdict, and a bounded wait`, async () => {
  const { state, faults } = here.double;
  const tally = { posted: 0, mended: 0, longest: 0, waited: 0, struck: 0 };
  for (const one of fc.sample(script, { seed: 6, numRuns: scripts })) {
    const told = JSON.stringify(one);
    for (const list of [state.comments, state.checkRuns, state.statuses]) list.length = 0;
    faults.clear();
    const pull = state.pulls[0];
    if (pull === undefined) throw new Error("there is no pull request");
    if (one.again) {
      pull.head.sha = earlierHead;
      await reported(500, earlierHead);
      expect(state.comments, told).toHaveLength(1);
    }
    pull.head.sha = head;
    state.checkRuns.length = 0;
    state.statuses.length = 0;
    for (const { route, strike, times, after, seconds } of one.faults)
      faults.add({ route, times, after, ...strikes[strike]?.(seconds) });
    const ill = await reported(501, head);
    expect(ill.result.verdict, told).toBe("fail");
    expect(ill.summary, told).toContain("accuracy");
    expect(ill.waited, told).toBeLessThanOrEqual(longestWaitMs);
    expect(state.comments.length, told).toBeLessThanOrEqual(1);
    const isPosted = state.comments[0]?.body.includes(`"head":"${head}"`) === true;
    const advice = [...ill.result.advice, ...(ill.refused === undefined ? [] : [ill.refused])];
    if (advice.length === 0)
      expect([isPosted, state.checkRuns.length, state.statuses.length], told).toEqual([true, 1, 1]);
    if (!isPosted) expect(ill.result.advice.length, told).toBeGreaterThan(0);
    for (const text of advice) expect(text, told).toMatch(/\. [A-Z].*\.$/);
    tally.struck += ill.requests.filter(({ status }) => status === 0 || status >= 400).length;

    faults.clear();
    const well = await reported(501, head);
    expect([well.result.verdict, well.result.advice, well.refused], told).toEqual(["fail", [], undefined]);
    expect(
      state.comments.map(({ body }) => body.includes(`"head":"${head}"`)),
      told,
    ).toEqual([true]);
    expect([state.checkRuns.length, state.statuses.length], told).toEqual([1, 1]);
    const still = await reported(501, head);
    expect(writesIn(still.requests), told).toEqual([]);

    tally.posted += isPosted ? 1 : 0;
    tally.mended += isPosted ? 0 : 1;
    tally.waited += ill.waited;
    tally.longest = Math.max(tally.longest, ill.waited);
  }
  console.log(
    `${scripts} fault scripts: ${tally.struck} requests were struck; ${tally.posted} comments were there after the run itself, ${tally.mended} after the next one; ` +
      `waited ${Math.round(tally.waited / scripts / 100) / 10} s a run on average, ${tally.longest / 1000} s at most`,
  );
  expect(tally.posted).toBeGreaterThan(scripts / 2);
  expect(tally.struck).toBeGreaterThan(scripts);
}, 300_000);
