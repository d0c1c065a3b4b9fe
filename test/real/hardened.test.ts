import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactNames } from "./scenarios/artifact-files.ts";
import { betterFeatures, newProject, worseFeatures } from "./scenarios/project.ts";
import { requestLines, restRequests } from "./scenarios/requests.ts";
import { type Scene, type SceneRun, startScene } from "./scenarios/scene.ts";
import { outputsOf, stepResult } from "./scenarios/step.ts";
import { realTier } from "./tier.ts";

const action = (name: string) => `OWNER/metricgate/actions/${name}@v1`;
const tier = realTier();
if (!tier.ready) console.log(tier.missing);

describe.runIf(tier.ready)("hardened.yml of the example under act", () => {
  let scene: Scene;
  let main: string;
  let first: SceneRun;

  const propose = async (branch: string, change: () => void) => {
    const opened = await scene.open(scene.project.propose(branch, main, change));
    const run = await scene.run({ workflow: "hardened.yml", event: opened.event });
    return { ...opened, run };
  };

  beforeAll(async () => {
    if (!tier.ready) return;
    scene = await startScene(tier, newProject());
    main = scene.project.git("rev-parse", "main");
    first = await scene.pushMain("hardened.yml");
  });
  afterAll(() => scene?.stop());

  test("on main the second job records the baseline from the documents of the first", () => {
    expect(first.jobResults, first.log).toEqual({ measure: "success", gate: "success" });
    expect(artifactNames(scene.servers, first.id)).toEqual([
      "bird-strike-1.html",
      "metricgate-baseline.bird-strike.1",
      "metricgate-evaluation.bird-strike.1",
      "metricgate-model.bird-strike.1",
      "metricgate-verdict.bird-strike.1",
    ]);
  });

  test("a worse pull request is measured by one job and goes red in the other, which checks nothing out", async () => {
    const { number, run } = await propose("worse", () => scene.project.setFeatures(worseFeatures));
    expect(run.jobResults, run.log).toEqual({ measure: "success", gate: "failure" });
    const stepsOfGate = run.steps.filter(({ job, stage }) => job === "gate" && stage === "Main");
    expect(stepsOfGate.map(({ step, result }) => `${step} ${result}`)).toEqual([
      `${action("gate")} failure`,
      `${action("report")} success`,
    ]);
    expect(outputsOf(run, "gate")).toMatchObject({ verdict: "fail", "baseline-sha": main });
    const comments = await scene.comments(number);
    expect(comments.map(({ body }) => body.includes("0.613 → **0.455**"))).toEqual([true]);
    expect(run.summaries.join("")).toContain("0.613 → **0.455**");
    const asked = restRequests(run.requests);
    console.log(`${asked.length} requests of the two jobs to GitHub's API:\n${requestLines(asked)}`);
    // Eight is the budget of `review`; two jobs look a comment up once more after they wrote it first, so that runs at one moment leave one.
    expect(asked.length).toBeLessThanOrEqual(9);
  });

  test("a better pull request goes green in both jobs", async () => {
    const { run } = await propose("better", () => scene.project.setFeatures(betterFeatures));
    expect(run.jobResults, run.log).toEqual({ measure: "success", gate: "success" });
    expect(outputsOf(run, "gate")).toMatchObject({ verdict: "pass", "baseline-sha": main });
  });

  test("a crash of the training is reported as a crash, not as a regression, by the job that checks nothing out", async () => {
    const crash = () => scene.project.edit("train.mjs", (text) => `throw new Error("out of luck");\n${text}`);
    const { number, run } = await propose("crash", crash);
    expect(run.jobResults.measure, run.log).toBe("failure");
    expect(stepResult(run, action("train"))).toBe("failure");
    expect(stepResult(run, action("gate"))).toBe("failure");
    expect(outputsOf(run, "gate").verdict ?? "").toBe("");
    const comments = await scene.comments(number);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain("### 💥 bird-strike: the evaluation did not finish");
    expect(comments[0]?.body).toContain("Nothing was compared");
    expect(run.summaries.join("")).toContain("the evaluation did not finish");
  });
});
