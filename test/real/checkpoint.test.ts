import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { downloadArtifact } from "./scenarios/artifact-files.ts";
import { newProject } from "./scenarios/project.ts";
import { type Scene, startScene } from "./scenarios/scene.ts";
import { outputsOf, stepResult } from "./scenarios/step.ts";
import { realTier } from "./tier.ts";

const train = "OWNER/metricgate/actions/train@v1";
const tier = realTier();
if (!tier.ready) console.log(tier.missing);

/** A machine that is taken away after twelve epochs, unless the training goes on from a checkpoint. */
const preempted = `import { spawn } from "node:child_process";
const child = spawn(process.execPath, ["train.mjs"], { stdio: ["ignore", "pipe", "inherit"] });
let resumed = false;
child.stdout.setEncoding("utf8").on("data", (text) => {
  process.stdout.write(text);
  resumed ||= text.includes("resumed after");
  if (!resumed && text.includes("epoch 12/")) child.kill("SIGTERM");
});
child.on("close", (code) => { process.exitCode = code ?? 1; });
`;

describe.runIf(tier.ready)("a training that was stopped, under act", () => {
  let scene: Scene;

  beforeAll(async () => {
    if (!tier.ready) return;
    const project = newProject({
      ".github/workflows/release.yml": (text) => text.replace("run: node train.mjs", "run: node preempted.mjs"),
    });
    writeFileSync(join(project.folder, "preempted.mjs"), preempted);
    project.commit("Train where the machine may be taken away");
    scene = await startScene(tier, project);
  });
  afterAll(() => scene?.stop());

  test("keeps its checkpoint: the post step saves it, and the next attempt goes on to the same bytes", async () => {
    const stopped = await scene.pushMain("release.yml");
    expect(stepResult(stopped, train), stopped.log).toBe("failure");
    expect(stopped.log).toContain("SIGTERM: saved after epoch");
    expect(stepResult(stopped, train, "Post")).toBe("success");
    const entries = scene.servers.state.caches.filter(({ size }) => size !== undefined);
    expect(entries.map(({ key, scope }) => `${key} ${scope}`)).toEqual([
      `metricgate-checkpoint-bird-strike-refs/heads/main-${stopped.id}-1 refs/heads/main`,
    ]);
    expect(stepResult(stopped, "OWNER/metricgate/actions/evaluate@v1")).not.toBe("success");

    const resumed = await scene.pushMain("release.yml", { again: stopped.id });
    expect(stepResult(resumed, train), resumed.log).toBe("success");
    expect(resumed.log).toContain("Restored the checkpoint in checkpoint");
    expect(resumed.log).toMatch(/resumed after epoch 1[2-9]/);
    expect(outputsOf(resumed, "build")).toMatchObject({ status: "ok" });

    const folder = mkdtempSync(join(tmpdir(), "resumed-"));
    const whole = scene.project.checkout(scene.project.git("rev-parse", "main"));
    try {
      await downloadArtifact(scene.servers, resumed.id, "metricgate-model.bird-strike.2", folder);
      execFileSync(process.execPath, ["train.mjs"], { cwd: whole });
      const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
      expect(digest(join(folder, "model.json"))).toBe(digest(join(whole, "model/model.json")));
    } finally {
      for (const place of [folder, whole]) rmSync(place, { recursive: true, force: true });
    }
  });
});
