import { writesIn } from "@metricgate/test-servers/double/request-log";
import { workflowRunEvent } from "@metricgate/test-servers/runner/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactNames } from "./scenarios/artifact-files.ts";
import { newProject } from "./scenarios/project.ts";
import { requestLines, restRequests } from "./scenarios/requests.ts";
import { type Scene, type SceneRun, startScene } from "./scenarios/scene.ts";
import { shownBlocks } from "./scenarios/shown-workflow.ts";
import { realTier } from "./tier.ts";

const tier = realTier();
if (!tier.ready) console.log(tier.missing);

const [measure = "", report = ""] = shownBlocks("docs/forks.md");
/** The jobs of docs/monorepo.md that measure several models by the pair. */
const matrix = `name: model gate\non: { pull_request: {}, push: { branches: [main] } }\npermissions: {}\n${shownBlocks("docs/monorepo.md").at(-1) ?? ""}`;
const policy = `version: 1
models:
  m: { metrics: [metrics.json], gates: [{ metric: accuracy, max-drop: 0.02 }] }
protect: [evaluate.sh]
`;
const measured = (accuracy: number) => `${JSON.stringify({ accuracy })}\n`;

describe.runIf(tier.ready)("the two workflows of docs/forks.md under act, for a fork", () => {
  let scene: Scene;
  let main: string;
  let first: SceneRun;
  /** What GitHub gives the jobs: a fork's read only, and what `report.yml` lists. */
  const tokens = { measure: "", report: "" };

  /** A fork's pull request, its run, and the trusted run that GitHub starts after it. */
  const propose = async (branch: string, change: () => void) => {
    const proposal = scene.project.propose(branch, main, change);
    const opened = await scene.open(proposal, { fork: true });
    const run = await scene.run({ workflow: "model-gate.yml", event: opened.event, token: tokens.measure });
    const trusted = async (again?: number) => {
      const about = scene.servers.state.runs.find(({ id }) => id === run.id);
      const event = workflowRunEvent({
        sha: main,
        run: {
          id: run.id,
          event: "pull_request",
          head_sha: proposal.head,
          head_branch: about?.headBranch,
          path: ".github/workflows/model-gate.yml",
          head_repository: { full_name: "stranger/ml" },
          pull_requests: [],
        },
      });
      const more = again === undefined ? {} : { again };
      return scene.run({ workflow: "model-gate-report.yml", event, token: tokens.report, ...more });
    };
    const status = () => scene.servers.state.statuses.filter(({ sha }) => sha === proposal.head);
    return { ...opened, ...proposal, run, trusted, status };
  };
  const accuracy = (value: number) => () => scene.project.edit("metrics.json", () => measured(value));

  beforeAll(async () => {
    if (!tier.ready) return;
    const project = newProject({
      ".github/workflows/model-gate.yml": () => measure,
      ".github/workflows/model-gate-report.yml": () => report,
      ".github/metricgate.yml": () => policy,
      "evaluate.sh": () => "test -f metrics.json\n",
      "metrics.json": () => measured(0.9),
    });
    scene = await startScene(tier, project);
    main = project.git("rev-parse", "main");
    tokens.measure = await scene.servers.tokenWith({ contents: "read" });
    tokens.report = await scene.servers.tokenWith({
      actions: "read",
      contents: "read",
      pull_requests: "write",
      statuses: "write",
    });
    first = await scene.pushMain("model-gate.yml", { token: tokens.measure });
  });
  afterAll(() => scene?.stop());

  test("each is used with two lines", () => {
    for (const text of [measure, report]) expect(text).toMatch(/^ {4}uses: .*@v1\n {4}with: .*\n$/m);
  });

  test("the push of main records the baseline with a token that only reads", () => {
    expect(first.exitCode, first.log).toBe(0);
    expect(artifactNames(scene.servers, first.id)).toContain("metricgate-baseline.m.1");
  });

  test("a worse model: no write by its own run, then comment and failed status by the trusted one; a re-run writes nothing", async () => {
    const { number, run, trusted, status } = await propose("worse", accuracy(0.8));
    expect(run.exitCode, run.log).toBe(0);
    expect(writesIn(run.requests)).toEqual([]);
    expect(await scene.comments(number)).toEqual([]);
    const answer = await trusted();
    expect(answer.exitCode, answer.log).toBe(0);
    const asked = restRequests(answer.requests);
    console.log(
      `${restRequests(run.requests).length} + ${asked.length} requests of the pair to GitHub's API:\n${requestLines(asked)}`,
    );
    expect(answer.requests.filter(({ status: code }) => code === 401 || code === 403)).toEqual([]);
    expect(answer.steps.map(({ step }) => step).join()).not.toMatch(/checkout/i);
    const comments = await scene.comments(number);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain("0.900 → **0.800**");
    expect(status()).toMatchObject([{ context: "metricgate", state: "failure" }]);
    const again = await trusted(answer.id);
    expect(writesIn(again.requests), requestLines(again.requests)).toEqual([]);
    expect(await scene.comments(number)).toEqual(comments);
  });

  test("a better model gets a success", async () => {
    const { trusted, status } = await propose("better", accuracy(0.95));
    const answer = await trusted();
    expect(answer.exitCode, answer.log).toBe(0);
    expect(status()).toMatchObject([{ state: "success" }]);
  });

  test("a fork that loosens the policy and both workflows changes nothing", async () => {
    const { number, trusted, status } = await propose("loose", () => {
      accuracy(0.8)();
      scene.project.edit(".github/metricgate.yml", (text) => text.replace("0.02", "0.5"));
      scene.project.edit(
        ".github/workflows/model-gate-report.yml",
        () => "name: model gate report\non: push\njobs: {}\n",
      );
    });
    expect((await trusted()).exitCode).toBe(0);
    expect(status()).toMatchObject([{ state: "failure" }]);
    expect((await scene.comments(number))[0]?.body).toContain("allowed is −0.020");
  });

  test("a crashed evaluation is a failed status and a comment that names the model", async () => {
    const { number, run, trusted, status } = await propose("crash", () =>
      scene.project.edit("metrics.json", () => undefined),
    );
    expect(run.exitCode).not.toBe(0);
    await trusted();
    expect(status()).toMatchObject([{ state: "failure" }]);
    expect((await scene.comments(number))[0]?.body).toContain("no verdict of it arrived");
  });

  test("a protected file stays pending until an owner approves exactly this head, then the report is run again", async () => {
    const { head, number, trusted, status } = await propose("protected", () => {
      accuracy(0.95)();
      scene.project.edit("evaluate.sh", (text) => `${text}true\n`);
    });
    const { reviews, roles } = scene.servers.state;
    const before = await trusted();
    expect(before.exitCode, before.log).toBe(0);
    expect(status()).toMatchObject([{ state: "pending", description: expect.stringContaining("evaluate.sh") }]);
    roles.set("asha", "admin");
    reviews.push({ pull: number, user: "asha", state: "APPROVED", commit: main });
    await trusted(before.id);
    expect(status().at(-1)?.state).toBe("pending");
    reviews.push({ pull: number, user: "asha", state: "APPROVED", commit: head });
    await trusted(before.id);
    expect(status().at(-1)).toMatchObject({ state: "success" });
  });
});

describe.runIf(tier.ready)("the pair with the matrix of docs/monorepo.md under act, for a fork", () => {
  const models = ["fraud", "risk", "spam"];
  const several = `version: 1
models:
${models.map((model) => `  ${model}: { paths: [${model}.json], metrics: [${model}.json], gates: [{ metric: accuracy, max-drop: 0.02 }] }\n`).join("")}`;
  let scene: Scene;
  let main: string;
  let read = "";
  let write = "";

  beforeAll(async () => {
    if (!tier.ready) return;
    const project = newProject({
      ".github/workflows/model-gate.yml": () => matrix,
      ".github/workflows/model-gate-report.yml": () => report,
      ".github/metricgate.yml": () => several,
      "evaluate.sh": () => 'test -f "$1.json"\n',
      ...Object.fromEntries(models.map((model) => [`${model}.json`, () => measured(0.9)])),
    });
    scene = await startScene(tier, project);
    main = project.git("rev-parse", "main");
    read = await scene.servers.tokenWith({ contents: "read", pull_requests: "read" });
    write = await scene.servers.tokenWith({
      actions: "read",
      contents: "read",
      pull_requests: "write",
      statuses: "write",
    });
    const first = await scene.pushMain("model-gate.yml", { token: read });
    if (first.exitCode !== 0) throw new Error(first.log);
  });
  afterAll(() => scene?.stop());

  test.each([
    ["as the page has it", (text: string) => text],
    [
      "with the plan emptied by the author",
      (text: string) => text.replace(/models: "\$\{\{[^}]*\}\}"/, 'models: "[]"'),
    ],
  ])("a worse model among three fails the one status, in one comment, %s", async (_, change) => {
    const branch = `worse-${scene.servers.state.pulls.length}`;
    const proposal = scene.project.propose(branch, main, () => {
      scene.project.edit("fraud.json", () => measured(0.8));
      scene.project.edit("spam.json", () => measured(0.95));
      scene.project.edit(".github/workflows/model-gate.yml", change);
    });
    const { number, event } = await scene.open(proposal, { fork: true });
    const run = await scene.run({ workflow: "model-gate.yml", event, token: read });
    const about = {
      id: run.id,
      event: "pull_request",
      head_sha: proposal.head,
      head_branch: branch,
      path: ".github/workflows/model-gate.yml",
      head_repository: { full_name: "stranger/ml" },
      pull_requests: [],
    };
    const answer = await scene.run({
      workflow: "model-gate-report.yml",
      event: workflowRunEvent({ sha: main, run: about }),
      token: write,
    });
    expect(answer.exitCode, answer.log).toBe(0);
    const comments = await scene.comments(number);
    expect(comments).toHaveLength(1);
    for (const model of ["fraud", "spam"]) expect(comments[0]?.body).toContain(`| ${model} |`);
    expect(comments[0]?.body).not.toContain("risk");
    const status = scene.servers.state.statuses.filter(({ sha }) => sha === proposal.head);
    expect(status).toMatchObject([{ state: "failure" }]);
    console.log(`${restRequests(answer.requests).length} requests of the trusted run about two models of three`);
  });
});
