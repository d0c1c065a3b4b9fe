import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { addCommit, addPullRequest, addRun } from "../servers/double/seed.ts";
import { type GitHubServer, startGitHubDouble } from "../servers/double/start.ts";
import { pullRequestEvent, pushEvent, type RunnerEvent } from "../servers/runner/events.ts";
import { runAction } from "../servers/runner.ts";
import { shownWorkflows, type Workflow } from "./pages.ts";

const workflow: Workflow = parse(shownWorkflows("README.md")[1]?.text ?? "");
const folder = mkdtempSync(join(tmpdir(), "readme-hardened-"));
let double: GitHubServer;

beforeAll(async () => {
  double = await startGitHubDouble();
});
afterAll(async () => {
  await double.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs our steps of the workflow as written, each job in a folder of its own; the evaluation writes this accuracy. */
async function run(event: RunnerEvent, id: number, accuracy: number): Promise<[string, number | null][]> {
  const codes: [string, number | null][] = [];
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const workspace = mkdtempSync(join(folder, `${name}-`));
    for (const step of job.steps ?? []) {
      const action = /metricgate\/actions\/([a-z]+)@/.exec(step.uses ?? "")?.[1];
      if (action === undefined) continue;
      const inputs = Object.fromEntries(Object.entries(step.with ?? {}).map(([key, value]) => [key, String(value)]));
      if ("run" in inputs) inputs.run = `mkdir out && echo '{"accuracy": ${accuracy}}' > out/metrics.json`;
      const facts = { id, attempt: 1, path: ".github/workflows/model-gate.yml" };
      const { exitCode } = await runAction({ action, inputs, event, workspace, double, run: facts });
      codes.push([action, exitCode]);
    }
  }
  return codes;
}

test("the hardened form of the README blocks a worse model and passes a better one, without a policy", async () => {
  const base = addCommit(double.world, { files: { "a.txt": "1" }, branch: "main" });
  const first = addRun(double.world, { headSha: base, path: ".github/workflows/model-gate.yml" });
  const passed = [
    ["evaluate", 0],
    ["gate", 0],
    ["report", 0],
  ];
  expect(await run(pushEvent({ sha: base }), first.id, 0.93)).toEqual(passed);

  const propose = (number: number) => {
    const head = addCommit(double.world, {
      files: { "a.txt": `head ${number}` },
      branch: `b${number}`,
      parents: [base],
    });
    const merge = addCommit(double.world, { files: { "a.txt": `merge ${number}` }, parents: [base, head] });
    addPullRequest(double.world, { number, head: { ref: `b${number}`, sha: head } });
    return pullRequestEvent({ number, headSha: head, baseSha: base, mergeSha: merge, headRef: `b${number}` });
  };
  expect(await run(propose(1), 201, 0.9)).toEqual([
    ["evaluate", 0],
    ["gate", 1],
    ["report", 0],
  ]);
  expect(await run(propose(2), 202, 0.94)).toEqual(passed);
  const titles = double.state.comments.map(({ body }) => /^### (.*)$/m.exec(body)?.[1]);
  expect(titles).toEqual(["❌ fraud-scorer: 1 of 1 gate failed", "✅ fraud-scorer: 1 of 1 gate passed"]);
}, 120_000);
