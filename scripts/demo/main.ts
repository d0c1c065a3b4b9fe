import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { addApproval, addPullRequest, addRun } from "../../test/servers/double/seed.ts";
import { pullRequestEvent, pushEvent } from "../../test/servers/runner/events.ts";
import { demoJob } from "./job.ts";
import { setParams, startProject } from "./project.ts";
import { say, showComment, step } from "./say.ts";

const out = resolve("demo-output");
const baseline = ["wildlife_size", "phase", "operator", "speed", "time_of_day"];

/** One model's way from main through two pull requests to production and back, with the committed bundle and GitHub's double. */
async function main(): Promise<void> {
  const started = Date.now();
  rmSync(out, { recursive: true, force: true });
  const project = await startProject(out);
  const { double } = project;
  try {
    step("main: train, and record the baseline");
    const first = project.commit("The first model");
    const run1 = addRun(double.world, { headSha: first, path: ".github/workflows/gate.yml" });
    const main1 = await demoJob(project, { name: "1-main", event: pushEvent({ sha: first }), run: run1.id });
    main1.expect("the baseline is recorded", main1.review.exitCode === 0);

    step("pull request 1: the same model without its best feature");
    project.branch("worse", first);
    setParams(project.folder, { features: baseline.filter((name) => name !== "wildlife_size") });
    const worse = project.propose("Drop the size of the bird", first);
    addPullRequest(double.world, { number: 1, head: { ref: "worse", sha: worse.head } });
    const pull1 = await demoJob(project, {
      name: "2-worse",
      event: pullRequestEvent({
        number: 1,
        headSha: worse.head,
        baseSha: first,
        mergeSha: worse.merge,
        headRef: "worse",
      }),
      run: 201,
    });
    pull1.expect("the pull request is blocked", pull1.review.exitCode === 1 && pull1.review.outputs.verdict === "fail");
    showComment(double, 1);

    step("pull request 2: one more feature");
    project.branch("better", first);
    setParams(project.folder, { features: [...baseline, "wildlife_species"] });
    const better = project.propose("Tell the species apart", first);
    addPullRequest(double.world, { number: 2, head: { ref: "better", sha: better.head } });
    const pull2 = await demoJob(project, {
      name: "3-better",
      event: pullRequestEvent({
        number: 2,
        headSha: better.head,
        baseSha: first,
        mergeSha: better.merge,
        headRef: "better",
      }),
      run: 202,
    });
    pull2.expect("the pull request passes", pull2.review.exitCode === 0 && pull2.review.outputs.verdict === "pass");
    showComment(double, 2);

    step("merged: main trains again and judges against the baseline");
    project.merge(better.merge);
    const run2 = addRun(double.world, { headSha: better.merge, path: ".github/workflows/gate.yml" });
    const main2 = await demoJob(project, {
      name: "4-merged",
      event: pushEvent({ sha: better.merge, before: first }),
      run: run2.id,
    });
    main2.expect("the merged model passes", main2.review.outputs.verdict === "pass");

    step("deploy: a reviewer approves, and the judged bytes become live");
    addApproval(double.world, run2.id, { user: "release-manager", environments: ["production"] });
    const digest = main2.train.outputs["model-digest"] ?? "";
    const shelf = join(out, "serving");
    const deploy = await main2.deploy({ "model-digest": digest, to: shelf, "smoke-run": "node smoke.mjs" });
    main2.expect(`${digest.slice(0, 19)}… is live, smoke test passed`, deploy.exitCode === 0);

    step("deploy again: the next model fails its smoke test and is rolled back");
    project.branch("next", better.merge);
    setParams(project.folder, { features: [...baseline, "wildlife_species"], epochs: 25 });
    const next = project.commit("Fewer epochs");
    const run3 = addRun(double.world, { headSha: next, path: ".github/workflows/gate.yml" });
    project.merge(next);
    const main3 = await demoJob(project, {
      name: "5-next",
      event: pushEvent({ sha: next, before: better.merge }),
      run: run3.id,
    });
    addApproval(double.world, run3.id, { user: "release-manager", environments: ["production"] });
    const failed = await main3.deploy({
      "model-digest": main3.train.outputs["model-digest"] ?? "",
      to: shelf,
      accept: "warn",
      "smoke-run": "node smoke.mjs && echo 'the service answered too slowly' && exit 1",
    });
    main3.expect(
      `rolled back: ${digest.slice(0, 19)}… is live again`,
      failed.exitCode === 1 && failed.outputs["previous-digest"] === digest,
    );

    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    say("");
    say(`Done in ${seconds} s.`);
    say(`HTML report of the blocked pull request: ${join(out, "2-worse", "bird-strike", "report.html")}`);
    say(`Every document, by step:                 ${out}`);
    say("The way it went: docs/demo.md tells what is real here and what stands in for GitHub.");
  } finally {
    await double.stop();
  }
}

await main();
