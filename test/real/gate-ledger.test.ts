import { requestsTo, writesIn } from "@metricgate/test-servers/double/request-log";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactNames } from "./scenarios/artifact-files.ts";
import { betterFeatures, newProject, worseFeatures } from "./scenarios/project.ts";
import { requestLines, restRequests } from "./scenarios/requests.ts";
import { type Scene, type SceneRun, startScene } from "./scenarios/scene.ts";
import { outputsOf, stepResult } from "./scenarios/step.ts";
import { realTier } from "./tier.ts";

const review = "OWNER/metricgate@v1";
const tier = realTier();
if (!tier.ready) console.log(tier.missing);

/** The quick start's step with the ledger as its store, which a push has to be allowed to write. */
const withLedger = (text: string) =>
  text
    .replace("with: { model: bird-strike, path: model }", "with: { model: bird-strike, path: model, store: branch }")
    .replace("contents: read", "contents: write");

describe.runIf(tier.ready)("gate.yml of the example under act, baselines on the ledger branch", () => {
  let scene: Scene;
  let main: string;
  let first: SceneRun;

  const propose = async (branch: string, names: readonly string[]) => {
    const opened = await scene.open(scene.project.propose(branch, main, () => scene.project.setFeatures(names)));
    const run = await scene.run({ workflow: "gate.yml", event: opened.event });
    return { ...opened, run };
  };
  const ledger = async () => Object(Object(await scene.rest("GET", "/git/ref/heads/metricgate")).object).sha;

  beforeAll(async () => {
    if (!tier.ready) return;
    scene = await startScene(tier, newProject({ ".github/workflows/gate.yml": withLedger }));
    main = scene.project.git("rev-parse", "main");
    first = await scene.pushMain("gate.yml");
  });
  afterAll(() => scene?.stop());

  test("a push to main writes its evaluation to an orphan branch, and no comment", async () => {
    expect(first.exitCode, first.log).toBe(0);
    expect(stepResult(first, review)).toBe("success");
    const commit = Object(await scene.rest("GET", `/git/commits/${await ledger()}`));
    expect(commit.parents).toEqual([]);
    const listed: { tree: { path: string; type: string }[] } = Object(
      await scene.rest("GET", `/git/trees/${commit.tree.sha}?recursive=1`),
    );
    const files = listed.tree.filter(({ type }) => type === "blob").map(({ path }) => path);
    expect(files.filter((path) => path.includes(main) && path.includes("bird-strike"))).not.toEqual([]);
    expect(files.filter((path) => path.endsWith(".csv"))).toEqual([]);
    expect(
      writesIn(first.requests).every(({ path }) => path.includes("/git/")),
      requestLines(first.requests),
    ).toBe(true);
  });

  test("a worse pull request is compared with it and goes red, and leaves the ledger as it is", async () => {
    const before = await ledger();
    const { number, run } = await propose("worse", worseFeatures);
    expect(run.exitCode, run.log).toBe(1);
    expect(stepResult(run, review)).toBe("failure");
    expect(outputsOf(run, "gate")).toMatchObject({ verdict: "fail", "baseline-sha": main });
    expect((await scene.comments(number)).map(({ body }) => body.includes("0.613 → **0.455**"))).toEqual([true]);
    expect(await ledger()).toBe(before);
    const asked = restRequests(run.requests);
    console.log(`${asked.length} requests of the review step with the ledger:\n${requestLines(asked)}`);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(requestsTo(asked, "POST /repos/*/*/git/**")).toEqual([]);
    expect(artifactNames(scene.servers, run.id).join()).not.toContain("baseline");
  });

  test("a better pull request goes green; without the baseline's rows some gates stay undecided, and the comment says why", async () => {
    const { number, run } = await propose("better", betterFeatures);
    expect(run.exitCode, run.log).toBe(0);
    expect(stepResult(run, review)).toBe("success");
    expect(outputsOf(run, "gate")).toMatchObject({ verdict: "warn", "failed-gates": "[]", "baseline-sha": main });
    const [comment] = await scene.comments(number);
    expect(comment?.body).toContain("too few examples to decide");
    expect(comment?.body).toContain("**Test:** unpaired");
  });

  test("the merged model becomes the next record, after the first", async () => {
    const before = await ledger();
    scene.project.moveMain(scene.project.git("rev-parse", "better"));
    const run = await scene.pushMain("gate.yml");
    expect(run.exitCode, run.log).toBe(0);
    const commit = Object(await scene.rest("GET", `/git/commits/${await ledger()}`));
    expect(commit.parents.map((parent: { sha: string }) => parent.sha)).toEqual([before]);
  });
});
