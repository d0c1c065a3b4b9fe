import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactNames } from "./scenarios/artifact-files.ts";
import { newProject } from "./scenarios/project.ts";
import { pythonVenv } from "./scenarios/python-venv.ts";
import { type Scene, type SceneRun, startScene } from "./scenarios/scene.ts";
import { messagesOf, outputsOf } from "./scenarios/step.ts";
import { type ToolVersions, toolFiles, writeToolFiles } from "./scenarios/tool-files.ts";
import { realTier } from "./tier.ts";

const tier = realTier();
if (!tier.ready) console.log(tier.missing);
const venv = pythonVenv();
if (!venv.ready) console.log(venv.missing);

/** README's step once for each format, in a job of its own; nothing but `metrics` says what is read and what is judged. */
const workflow = `name: formats
on: { pull_request: , push: { branches: [main] } }
permissions: { contents: read, actions: read, pull-requests: write }
jobs:
${toolFiles
  .map(
    ({ format, metrics }) => `  ${format}:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { persist-credentials: false }
      - uses: OWNER/metricgate@v1
        with: { model: ${format}, metrics: "${metrics}", comment-key: ${format} }
`,
  )
  .join("")}  shown:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - uses: OWNER/metricgate@v1
        with: { model: shown, metrics: "out/classification_report.json", max-drop: none, comment-key: shown }
`;

let versions: ToolVersions;
beforeAll(() => {
  if (tier.ready && venv.ready) versions = writeToolFiles(join(venv.folder, "bin/python"));
});
afterAll(() => versions?.remove());

describe.runIf(tier.ready && venv.ready)("files that tools have written, without a policy", () => {
  let scene: Scene;
  let main: string;
  let first: SceneRun;
  let worse: SceneRun;
  let same: SceneRun;
  let comments: string[] = [];

  beforeAll(async () => {
    if (!tier.ready || !venv.ready) return;
    const project = newProject({
      ".github/workflows/gate.yml": () => workflow,
      ".github/metricgate.yml": () => undefined,
      ".gitignore": () => ".metricgate/\n",
    });
    rmSync(join(project.folder, "train.mjs"));
    versions.put(project.folder, "baseline");
    main = project.commit("The files of the tools");
    scene = await startScene(tier, project);
    first = await scene.pushMain("gate.yml");
    const propose = async (branch: string, change: () => void) => {
      const { number, event } = await scene.open(project.propose(branch, main, change));
      const run = await scene.run({ workflow: "gate.yml", event });
      return { run, comments: (await scene.comments(number)).map(({ body }) => body) };
    };
    ({ run: worse, comments } = await propose("worse", () => versions.put(project.folder, "worse")));
    ({ run: same } = await propose("same", () => project.edit("README.md", (text) => `${text}\nA word more.\n`)));
  });
  afterAll(() => scene?.stop());

  test("the first push records a baseline of each", () => {
    expect(first.exitCode, first.log).toBe(0);
    expect(artifactNames(scene.servers, first.id).filter((name) => name.includes("baseline"))).toEqual(
      [...toolFiles.map(({ format }) => format), "shown"].map((name) => `metricgate-baseline.${name}.1`).sort(),
    );
  });

  test.each(toolFiles.map((file) => [file.format, file] as const))(
    "%s: a worse model makes the pull request red and names the metric; an equal one leaves it green",
    (format, { worse: metric }) => {
      expect(worse.jobResults[format], worse.log).toBe("failure");
      const outputs = outputsOf(worse, format);
      expect(outputs).toMatchObject({ verdict: "fail", status: "ok", "baseline-sha": main });
      expect(JSON.parse(outputs["failed-gates"] ?? "")).toContain(`${metric}/no-regression`);
      expect(messagesOf(worse, "error").join("\n")).toContain(`${format}: ${metric} is worse by`);
      expect(comments.filter((body) => body.includes(`❌ ${format}: `))).toHaveLength(1);
      expect(same.jobResults[format], same.log).toBe("success");
      // Where the file tells a standard error, 60 questions prove no loss to be below 1 %.
      const verdict = format === "lm-eval" ? "warn" : "pass";
      expect(outputsOf(same, format)).toMatchObject({ verdict, "failed-gates": "[]", "baseline-sha": main });
    },
  );

  test("each comment on a worse model says that no policy exists, what judged, and what to do next", () => {
    for (const { format } of toolFiles) {
      const [body = ""] = comments.filter((one) => one.includes(`❌ ${format}: `));
      expect(body).toContain("**Policy:** none, so the default `max-drop: 1%` judges every metric");
      expect(body).toContain("`npx metricgate init` writes a policy");
    }
  });

  test("with max-drop: none everything is shown and nothing is judged", () => {
    expect(worse.jobResults.shown, worse.log).toBe("success");
    expect(outputsOf(worse, "shown").verdict ?? "").toBe("");
    expect(comments.filter((body) => /^### .* shown: /m.test(body))).toHaveLength(1);
  });
});

describe.runIf(tier.ready && venv.ready)("metricgate init in a repository with files of six tools", () => {
  let scene: Scene;
  let said: { init: string; check: string };
  let first: SceneRun;
  let worse: SceneRun;

  beforeAll(async () => {
    if (!tier.ready || !venv.ready) return;
    const project = newProject({
      ".github/metricgate.yml": () => undefined,
      "train.mjs": () => undefined,
      "evaluate.mjs": () => undefined,
      ".gitignore": () => ".metricgate/\n",
    });
    for (const name of [".github", "model", "out", "checkpoint"])
      rmSync(join(project.folder, name), { recursive: true, force: true });
    versions.put(project.folder, "baseline");
    const cli = resolve(import.meta.dirname, "../../packages/bundle/dist/cli.js");
    const run = (...args: string[]) => {
      const done = spawnSync(process.execPath, [cli, ...args], { cwd: project.folder, encoding: "utf8" });
      expect(done.status, done.stderr).toBe(0);
      return done.stdout + done.stderr;
    };
    said = { init: run("init", "--model", "tools"), check: run("check", "--explain") };
    const main = project.commit("What init wrote");
    scene = await startScene(tier, project);
    first = await scene.pushMain("model-gate.yml");
    const { event } = await scene.open(project.propose("worse", main, () => versions.put(project.folder, "worse")));
    worse = await scene.run({ workflow: "model-gate.yml", event });
  });
  afterAll(() => scene?.stop());

  test("it finds each of them, and check explains the policy that it wrote", () => {
    for (const { format } of toolFiles) expect(said.init).toContain(`(${format})`);
    expect(said.check).toContain("sums.acc");
  });

  test("its workflow runs as it is: the push records a baseline, and a worse pull request is red", () => {
    expect(first.exitCode, first.log).toBe(0);
    expect(artifactNames(scene.servers, first.id)).toContain("metricgate-baseline.tools.1");
    expect(worse.exitCode, worse.log).toBe(1);
    const outputs = outputsOf(worse, "gate");
    expect(outputs).toMatchObject({ verdict: "fail", status: "ok" });
    const failed: string[] = JSON.parse(outputs["failed-gates"] ?? "");
    for (const { worse: metric } of toolFiles) expect(failed).toContain(`${metric}/no-regression`);
  });
});
