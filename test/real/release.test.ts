import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addApproval } from "@metricgate/test-servers/double/seed";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { downloadArtifact } from "./scenarios/artifact-files.ts";
import { betterFeatures, newProject } from "./scenarios/project.ts";
import { type Scene, type SceneRun, startScene } from "./scenarios/scene.ts";
import { messagesOf, outputsOf, stepResult } from "./scenarios/step.ts";
import { realTier } from "./tier.ts";

const deploy = "OWNER/metricgate/actions/deploy@v1";
const labels = ["self-hosted", "serving"];
const workflow = ".github/workflows/release.yml";
const tier = realTier();
if (!tier.ready) console.log(tier.missing);

describe.runIf(tier.ready)("release.yml of the example under act", () => {
  let scene: Scene;
  let shelf: string;
  let first: SceneRun;
  let approvedRun = 0;

  const release = (beforehand?: (run: number) => void, again?: number) =>
    scene.pushMain("release.yml", {
      labels,
      ...(beforehand === undefined ? {} : { beforehand }),
      ...(again === undefined ? {} : { again }),
    });
  const approve = (run: number) =>
    addApproval(scene.servers.world, run, { user: "release-manager", environments: ["production"] });
  const live = () => readlinkSync(join(shelf, "bird-strike", "current"));
  const statesOf = (deployment: number) =>
    scene.servers.state.deploymentStatuses
      .filter((status) => status.deployment === deployment)
      .map(({ fields }) => fields.state);
  const merge = (message: string, change: () => void) => {
    const main = scene.project.git("rev-parse", "main");
    scene.project.moveMain(main);
    change();
    scene.project.commit(message);
  };

  beforeAll(async () => {
    if (!tier.ready) return;
    shelf = mkdtempSync(join(tmpdir(), "serving-"));
    const onThisMachine = (text: string) => text.replace("/srv/models/bird-strike", shelf);
    scene = await startScene(tier, newProject({ [workflow]: onThisMachine }));
    first = await release();
    merge("Tell the species apart", () => scene.project.setFeatures(betterFeatures));
  });
  afterAll(async () => {
    await scene?.stop();
    rmSync(shelf, { recursive: true, force: true });
  });

  test("the very first run has nothing to compare with and deploys nothing", () => {
    expect(first.exitCode, first.log).toBe(0);
    expect(outputsOf(first, "build")).toMatchObject({ verdict: "warn" });
    expect(stepResult(first, deploy)).toBeUndefined();
    expect(readdirSync(shelf)).toEqual([]);
    expect(scene.servers.state.deployments).toEqual([]);
  });

  test("without an approval nothing is deployed, and the next step is named", async () => {
    const run = await release();
    expect(outputsOf(run, "build"), run.log).toMatchObject({ verdict: "pass" });
    expect(stepResult(run, deploy)).toBe("failure");
    expect(run.exitCode).toBe(1);
    expect(messagesOf(run, "error").join()).toContain("Nobody approved production in this run");
    expect(messagesOf(run, "error").join()).toContain("environment: production");
    expect(readdirSync(shelf)).toEqual([]);
    expect(scene.servers.state.deployments).toEqual([]);
  });

  test("approved, the very bytes that were evaluated become live, and a Deployment says so", async () => {
    const run = await release(approve);
    expect(run.jobResults, run.log).toEqual({ build: "success", deploy: "success" });
    expect(stepResult(run, deploy)).toBe("success");
    approvedRun = run.id;
    const digest = outputsOf(run, "build")["model-digest"] ?? "";
    expect(outputsOf(run, "deploy")).toMatchObject({ "model-digest": digest, status: "ok" });
    expect(live()).toBe(`versions/${digest.replace(":", "-")}`);

    const documents = mkdtempSync(join(tmpdir(), "documents-"));
    await downloadArtifact(scene.servers, run.id, "metricgate-verdict.bird-strike.1", documents);
    const read = (name: string) => JSON.parse(readFileSync(join(documents, name), "utf8"));
    expect(read("evaluation.json").model.digest).toBe(digest);
    const bytes = readFileSync(join(shelf, "bird-strike", "current", "model.json"));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(read("manifest.json").files).toEqual([
      { path: "model.json", size: bytes.length, sha256: expect.stringContaining(sha256) },
    ]);
    rmSync(documents, { recursive: true, force: true });

    const [deployment, ...others] = scene.servers.state.deployments;
    expect(others).toEqual([]);
    expect(deployment).toMatchObject({
      environment: "production",
      sha: scene.project.git("rev-parse", "main"),
      author: "github-actions[bot]",
    });
    expect(JSON.stringify(deployment?.payload)).toContain(digest);
    expect(statesOf(deployment?.id ?? 0)).toEqual(["in_progress", "success"]);
  });

  test("a second attempt needs a second approval, and says what became of the first", async () => {
    const run = await release(undefined, approvedRun);
    expect(stepResult(run, deploy), run.log).toBe("failure");
    expect(messagesOf(run, "error").join()).toContain("was for an earlier attempt");
    expect(scene.servers.state.deployments).toHaveLength(1);
    const again = await release(approve, approvedRun);
    expect(stepResult(again, deploy), again.log).toBe("success");
    expect(live()).toBe(`versions/${outputsOf(again, "build")["model-digest"]?.replace(":", "-")}`);
  });

  test("a model whose smoke test fails is rolled back, and the one before stays live", async () => {
    const before = live();
    merge("A stricter smoke test, and more epochs", () => {
      scene.project.edit(workflow, (text) => text.replace("node smoke.mjs", "node smoke.mjs && test ! -e params.json"));
      scene.project.edit("params.json", (text) => text.replace('"epochs": 30', '"epochs": 31'));
    });
    const run = await release(approve);
    expect(outputsOf(run, "build"), run.log).toMatchObject({ verdict: "pass" });
    expect(stepResult(run, deploy)).toBe("failure");
    expect(outputsOf(run, "deploy")["previous-digest"]).toBe(before.replace("versions/sha256-", "sha256:"));
    expect(outputsOf(run, "build")["model-digest"]).not.toBe(outputsOf(run, "deploy")["previous-digest"]);
    expect(live()).toBe(before);
    const last = scene.servers.state.deployments.at(-1);
    expect(last?.sha).toBe(scene.project.git("rev-parse", "main"));
    expect(statesOf(last?.id ?? 0)).toEqual(["in_progress", "failure"]);
  });
});
