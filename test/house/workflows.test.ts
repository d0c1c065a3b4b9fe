import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { workflowText } from "../../packages/pipeline/src/init/workflow-text.ts";
import { pages, read, root, shownWorkflows, stepsOf, type Workflow } from "./pages.ts";
import { run, tool } from "./tools.ts";

const own = readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const examples = readdirSync(join(root, "examples/quick-start/.github/workflows")).map(
  (name) => `examples/quick-start/.github/workflows/${name}`,
);

/** The workflows that pages show, as files; a page that shows only jobs gets an event. */
const folder = mkdtempSync(join(tmpdir(), "shown-workflows-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const shown = pages()
  .flatMap(shownWorkflows)
  .map(({ page, line, text }) => {
    const file = join(folder, `${page.replaceAll("/", "-")}-${line}.yml`);
    // Where only a part is shown, the jobs that it needs stand elsewhere, and here as empty ones.
    const named = [...(/needs: (.+)/.exec(text)?.[1]?.matchAll(/[a-z]+/g) ?? [])].map(([name]) => name);
    const needed = named
      .filter((name) => !text.includes(`\n  ${name}:\n`))
      .map(
        (name) =>
          `  ${name}:\n    runs-on: ubuntu-latest\n    permissions: {}\n    outputs: { model-digest: none }\n    steps: [{ run: "true" }]\n`,
      );
    const frame = "name: shown\non: pull_request\npermissions: {}\nconcurrency: shown\n";
    writeFileSync(file, /^on:/m.test(text) ? text : `${frame}${text}${needed.join("")}`);
    return file;
  });
const fromInit = join(folder, "from-init.yml");
const steps = { setup: ["uses: actions/setup-python@v6"], commands: ["python train.py"] };
writeFileSync(fromInit, workflowText("fraud-scorer", "main", { ...steps, found: true }));
shown.push(fromInit);
const zizmor = tool("zizmor");
const actionlint = tool("actionlint");

describe("this repository's workflows", () => {
  test.each(own)("%s pins the actions of others by full commit id, with their version", (path) => {
    const uses = read(path)
      .split("\n")
      .filter((line) => /\buses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    // A commit cannot name itself: what we call of our own goes by the tag, and in a release by the commit before.
    const ours = /uses: OWNER\/metricgate\/actions\/[a-z]+@(?:v1|[0-9a-f]{40} # v\d+\.\d+\.\d+)$/;
    const others = uses.filter((line) => !ours.test(line));
    for (const line of others) expect(line).toMatch(/uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test.each(own)("%s grants nothing at the top and says at each permission why", (path) => {
    const { permissions, jobs }: Workflow = parse(read(path));
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeDefined();
    for (const line of read(path).matchAll(/^ {6}[a-z-]+: (?:read|write).*$/gm)) expect(line[0]).toMatch(/ # \w/);
  });

  test.each(own)("%s keeps no credentials, and no expression in a script", (path) => {
    for (const step of stepsOf(read(path))) {
      if (step.uses?.startsWith("actions/checkout@")) expect(step.with?.["persist-credentials"]).toBe(false);
      expect(step.run ?? "").not.toContain("${{");
    }
  });

  test("use the versions of the scanners that install-real.sh installs", () => {
    const script = read("test/servers/install-real.sh");
    const version = (name: string) => new RegExp(`^${name}_version=(.+)$`, "m").exec(script)?.[1] ?? "none";
    expect(read(".github/zizmor.txt").trim()).toBe(`zizmor==${version("zizmor")}`);
    expect(read(".github/workflows/ci.yml")).toContain(`actionlint@v${version("actionlint")}\n`);
    expect(read("package.json")).toContain(`pnpm@${version("pnpm")}`);
  });
});

describe("calls of our reusable workflows in pages", () => {
  const calls = pages()
    .flatMap(shownWorkflows)
    .flatMap(({ page, text }) => {
      const workflow: Workflow = parse(text);
      return Object.values(workflow.jobs).flatMap((job) => {
        const name = /^OWNER\/metricgate\/\.github\/workflows\/([a-z-]+\.yml)@v1$/.exec(job.uses ?? "")?.[1];
        return name === undefined ? [] : [{ page, name, job, granted: job.permissions ?? workflow.permissions ?? {} }];
      });
    });

  test("are of both", () => {
    expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(["measure.yml", "report.yml"]));
  });

  test.each(calls.map((call) => [call.page, call.name, call] as const))(
    "%s gives %s only inputs that it takes, each that it needs, and exactly its permissions",
    (_, name, { job, granted }) => {
      const called = parse(read(`.github/workflows/${name}`));
      const declared: Record<string, { required?: boolean }> = called.on.workflow_call.inputs;
      const given = Object.keys(job.with ?? {});
      const needed = Object.keys(declared).filter((input) => declared[input]?.required === true);
      expect(Object.keys(declared)).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(expect.arrayContaining(needed));
      for (const inner of Object.values((called as Workflow).jobs)) expect(granted).toEqual(inner.permissions);
    },
  );
});

describe.runIf(zizmor !== undefined)("zizmor finds nothing", () => {
  const offline = ["--offline", "--no-progress", "--quiet", "--format=plain", "--strict-collection"];

  test("in this repository's workflows and dependabot.yml, as the pedantic persona", () => {
    const files = [...own, ".github/dependabot.yml"];
    const config = "--config=test/house/own-workflows.zizmor.yml";
    expect(run(zizmor ?? "", ...offline, config, "--persona=pedantic", ...files)).toMatchObject({ code: 0 });
  });

  test("in the examples and in what pages show, but that they name actions by tag", () => {
    const config = "--config=test/house/shown-workflows.zizmor.yml";
    expect(shown.length).toBeGreaterThan(5);
    expect(run(zizmor ?? "", ...offline, config, ...examples, ...shown)).toMatchObject({ code: 0 });
  });

  test("unless there is something to find", () => {
    const bad = join(folder, "bad.yml");
    const step = '{ run: "echo ${{ github.event.issue.title }}" }';
    writeFileSync(bad, `name: bad\non: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [${step}]\n`);
    expect(run(zizmor ?? "", ...offline, "--no-config", bad).text).toContain("template-injection");
  });
});

describe.runIf(actionlint !== undefined)("actionlint finds nothing", () => {
  const config = ["-config-file", "test/house/shown-workflows.actionlint.yml", "-shellcheck=", "-pyflakes="];

  test("in this repository's workflows", () => {
    expect(run(actionlint ?? "", "-shellcheck=", "-pyflakes=", ...own)).toEqual({ code: 0, text: "" });
  });

  test("in the examples and in what pages show", () => {
    // Files of another project are checked as those of one: without its own folder the examples' would be ours.
    const project = join(folder, "examples");
    mkdirSync(project);
    for (const path of examples) cpSync(join(root, path), join(project, path.split("/").at(-1) ?? ""));
    const files = readdirSync(project).map((name) => join(project, name));
    expect(run(actionlint ?? "", ...config, ...files, ...shown)).toEqual({ code: 0, text: "" });
  });

  test("unless there is something to find", () => {
    const bad = join(folder, "worse.yml");
    writeFileSync(bad, "name: bad\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    need: b\n    steps: []\n");
    expect(run(actionlint ?? "", bad).code).toBe(1);
  });
});
