import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { requestsTo, writesIn } from "@metricgate/test-servers/double/request-log";
import { mergeGroupEvent, type RunnerEvent } from "@metricgate/test-servers/runner/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactNames, downloadArtifact } from "./scenarios/artifact-files.ts";
import { betterFeatures, newProject, worseFeatures } from "./scenarios/project.ts";
import { requestLines, restRequests, routesOf } from "./scenarios/requests.ts";
import { type Scene, type SceneRun, startScene } from "./scenarios/scene.ts";
import { messagesOf, outputsOf, stepResult } from "./scenarios/step.ts";
import { realTier } from "./tier.ts";

const review = "OWNER/metricgate@v1";
const tier = realTier();
if (!tier.ready) console.log(tier.missing);

describe.runIf(tier.ready)("gate.yml of the example under act, baselines in artifacts", () => {
  let scene: Scene;
  let main: string;
  let first: SceneRun;
  let worse: { number: number; event: RunnerEvent; run: SceneRun };

  const gate = (event: RunnerEvent, more: { again?: number; token?: string } = {}) =>
    scene.run({ workflow: "gate.yml", event, ...more });
  const features = (names: readonly string[]) => () => scene.project.setFeatures(names);

  beforeAll(async () => {
    if (!tier.ready) return;
    const queued = (text: string) => text.replace("  pull_request:\n", "  pull_request:\n  merge_group:\n");
    scene = await startScene(tier, newProject({ ".github/workflows/gate.yml": queued }));
    main = scene.project.git("rev-parse", "main");
    first = await scene.pushMain("gate.yml");
    const opened = await scene.open(scene.project.propose("worse", main, features(worseFeatures)));
    worse = { ...opened, run: await gate(opened.event) };
  });
  afterAll(() => scene?.stop());

  test("a push to main records a baseline, informs without failing and writes nothing to GitHub", () => {
    expect(first.exitCode, first.log).toBe(0);
    expect(stepResult(first, review)).toBe("success");
    expect(artifactNames(scene.servers, first.id)).toEqual([
      "bird-strike-1.html",
      "metricgate-baseline.bird-strike.1",
      "metricgate-verdict.bird-strike.1",
    ]);
    expect(outputsOf(first, "gate")).toMatchObject({ verdict: "warn", status: "ok", "failed-gates": "[]" });
    expect(first.summaries.join("")).toContain("Recorded as the next baseline of `main`.");
    expect(messagesOf(first, "error")).toEqual([]);
    expect(messagesOf(first, "notice").join()).toContain("bird-strike: first run");
    expect(restRequests(first.requests)).toEqual([]);
  });

  test("a worse pull request goes red, with the verdict in comment, summary and annotations", async () => {
    const { run } = worse;
    expect(run.exitCode, run.log).toBe(1);
    expect(run.jobResults).toEqual({ gate: "failure" });
    expect(stepResult(run, "node train.mjs && node evaluate.mjs")).toBe("success");
    expect(stepResult(run, review)).toBe("failure");
    const outputs = outputsOf(run, "gate");
    expect(outputs).toMatchObject({ verdict: "fail", status: "ok", "baseline-sha": main });
    expect(JSON.parse(outputs["failed-gates"] ?? "")).toEqual(
      expect.arrayContaining(["recall/no-regression", "recall/min", "log_loss/no-regression"]),
    );
    const [comment, ...others] = await scene.comments(worse.number);
    expect(others).toEqual([]);
    expect(comment?.author).toBe("github-actions[bot]");
    expect(comment?.body.split("\n")[0]).toMatch(/^<!-- metricgate[^>]* -->$/);
    expect(comment?.body.split("\n")[2]).toBe("### ❌ bird-strike: 8 of 14 gates failed");
    expect(comment?.body).toContain("−0.158");
    expect(comment?.body).toContain("0.613 → **0.455**");
    expect(run.summaries.join("")).toContain("0.613 → **0.455**");
    expect(messagesOf(run, "error")).toContain(
      "bird-strike: recall is worse by 0.158 (0.613 → 0.455); allowed is −0.030.",
    );
    expect(artifactNames(scene.servers, run.id)).toEqual(["bird-strike-1.html", "metricgate-verdict.bird-strike.1"]);
  });

  test("its review step asks GitHub's API at most 8 times", () => {
    const asked = restRequests(worse.run.requests);
    console.log(`${asked.length} requests of the review step to GitHub's API:\n${requestLines(asked)}`);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(routesOf(asked)).toEqual([
      "GET /repos/octo/ml/contents/.github%2Fmetricgate.yml",
      "GET /repos/octo/ml/actions/workflows/gate.yml/runs",
      "GET /repos/octo/ml/actions/runs/:id/artifacts",
      "GET /repos/octo/ml/actions/artifacts/:id/zip",
      "GET /repos/octo/ml/issues/:id/comments",
      "POST /repos/octo/ml/issues/:id/comments",
      // Runs that wrote theirs at the same moment find one another.
      "GET /repos/octo/ml/issues/:id/comments",
    ]);
  });

  test("a re-run of the same head comes to the same verdict and writes nothing to GitHub", async () => {
    const [before] = await scene.comments(worse.number);
    const run = await gate(worse.event, { again: worse.run.id });
    expect(run.exitCode, run.log).toBe(1);
    expect(outputsOf(run, "gate")["failed-gates"]).toBe(outputsOf(worse.run, "gate")["failed-gates"]);
    expect(writesIn(run.requests), requestLines(run.requests)).toEqual([]);
    expect(await scene.comments(worse.number)).toEqual([before]);
    expect(artifactNames(scene.servers, run.id)).toContain("metricgate-verdict.bird-strike.2");
  });

  test("a better pull request goes green", async () => {
    const { number, event } = await scene.open(scene.project.propose("better", main, features(betterFeatures)));
    const run = await gate(event);
    expect(run.exitCode, run.log).toBe(0);
    expect(stepResult(run, review)).toBe("success");
    expect(outputsOf(run, "gate")).toMatchObject({ verdict: "pass", "failed-gates": "[]", "baseline-sha": main });
    const [comment] = await scene.comments(number);
    expect(comment?.body).toContain("0.613 → 0.653");
    expect(messagesOf(run, "error")).toEqual([]);
    expect(restRequests(run.requests).length).toBeLessThanOrEqual(8);
  });

  test("a fork's pull request gets its verdict and its summary, and is told of the pair of workflows", async () => {
    const proposal = scene.project.propose("from-a-fork", main, features(worseFeatures));
    const { number, event } = await scene.open(proposal, { fork: true });
    const token = await scene.servers.tokenWith({
      actions: "read",
      contents: "read",
      issues: "read",
      pull_requests: "read",
    });
    const run = await gate(event, { token });
    expect(run.exitCode, run.log).toBe(1);
    expect(outputsOf(run, "gate")).toMatchObject({ verdict: "fail", status: "ok", "baseline-sha": main });
    expect(await scene.comments(number)).toEqual([]);
    expect(requestsTo(run.requests, "POST /repos/**").map(({ status }) => status)).toEqual([403]);
    expect(run.summaries.join("")).toContain("0.613 → **0.455**");
    expect(run.summaries.join("")).toContain("pair of workflows");
    expect(messagesOf(run, "warning").join()).toContain("pair of workflows");
  });

  test("a merge group is gated against its base, without a comment", async () => {
    const { project } = scene;
    const bad = project.propose("queued-worse", main, features(worseFeatures));
    const good = project.propose("queued-better", main, features(betterFeatures));
    const red = await gate(groupOf(bad.merge));
    expect(red.exitCode, red.log).toBe(1);
    expect(outputsOf(red, "gate")).toMatchObject({ verdict: "fail", "baseline-sha": main });
    const green = await gate(groupOf(good.merge));
    expect(green.exitCode, green.log).toBe(0);
    expect(outputsOf(green, "gate")).toMatchObject({ verdict: "pass", "baseline-sha": main });
    for (const run of [red, green]) {
      expect(run.requests.filter(({ path }) => path.includes("/comments"))).toEqual([]);
      expect(writesIn(run.requests)).toEqual([]);
      expect(artifactNames(scene.servers, run.id).join()).not.toContain("baseline");
    }
  });

  const groupOf = (merge: string) => {
    scene.project.git("branch", "--force", "gh-readonly-queue", merge);
    return mergeGroupEvent({ sha: merge, baseSha: main });
  };

  test("the documents of the verdict artifact give the same verdict again on a laptop, byte for byte", async () => {
    const folder = mkdtempSync(join(tmpdir(), "verdict-"));
    try {
      await downloadArtifact(scene.servers, worse.run.id, "metricgate-verdict.bird-strike.1", folder);
      const ofTheRun = readFileSync(join(folder, "verdict.json"));
      rmSync(join(folder, "verdict.json"));
      const cli = resolve(import.meta.dirname, "../../packages/bundle/dist/cli.js");
      const again = spawnSync(process.execPath, [cli, "gate", "--from", "."], { cwd: folder, encoding: "utf8" });
      expect(again.status, again.stderr).toBe(1);
      expect(readFileSync(join(folder, "verdict.json")).equals(ofTheRun)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("what main became after a pull request was opened is not blamed on it", async () => {
    const { project } = scene;
    const words = () => project.edit("README.md", (text) => `${text}\nA word more.\n`);
    const opened = await scene.open(project.propose("words", main, words));
    project.moveMain(project.propose("merged-better", main, features(betterFeatures)).merge);
    const now = project.git("rev-parse", "main");
    const pushed = await scene.pushMain("gate.yml");
    expect(artifactNames(scene.servers, pushed.id), pushed.log).toContain("metricgate-baseline.bird-strike.1");
    // GitHub tested the merge with the old main, and its event already names the new one.
    const payload = structuredClone(opened.event.payload);
    Object(payload.pull_request).base.sha = now;
    const before = await gate({ ...opened.event, payload });
    expect(before.exitCode, before.log).toBe(0);
    expect(outputsOf(before, "gate")).toMatchObject({ verdict: "pass", "baseline-sha": main });
    // Merged with the new main, it is compared with that.
    project.git("checkout", "--quiet", "--detach", now);
    project.git("merge", "--quiet", "--no-ff", "--message", "Merge words", "words");
    const merge = project.git("rev-parse", "HEAD");
    scene.servers.state.refs.set(`refs/pull/${opened.number}/merge`, merge);
    const after = await gate({ ...opened.event, sha: merge });
    expect(after.exitCode, after.log).toBe(0);
    expect(outputsOf(after, "gate")).toMatchObject({ verdict: "pass", "baseline-sha": now });
  });
});
