import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { metricgate } from "./cli.ts";
import { keep } from "./kept.ts";
import { policyOf, said, startProject } from "./project.ts";

const strict = policyOf(["{ metric: accuracy, max-drop: 0.01 }"]);
const loose = policyOf(["{ metric: accuracy, max-drop: 0.9 }"]);
const metrics = (accuracy: number) => JSON.stringify({ accuracy });

/** A main whose policy stands in a folder, with a baseline, and a pull request that loosens it and is worse. */
async function loosened(folder: string, inputs: Record<string, string>) {
  const at = (path: string) => join(folder, path);
  const here = keep(await startProject({ [at(".github/metricgate.yml")]: strict, [at("metrics.json")]: metrics(0.9) }));
  const base = here.commit("The first model");
  const { event, run } = here.pushed(base);
  const recorded = await here.step("review", inputs, event, { run: { id: run } });
  expect(recorded.exitCode, said(recorded)).toBe(0);
  rmSync(join(here.folder, folder, ".metricgate"), { recursive: true });
  const files = { [at(".github/metricgate.yml")]: loose, [at("metrics.json")]: metrics(0.5) };
  return { here, pull: here.proposed({ number: 1, base, files }) };
}

describe("a pull request that loosens its own gate is red", () => {
  test.each([
    ["in a working directory", "sub", { "working-directory": "sub" }],
    ["in one that is written otherwise", "sub", { "working-directory": "./sub/../sub/" }],
    ["with ./ before the policy's path", ".", { policy: "./.github/metricgate.yml" }],
    ["with a doubled slash in it", ".", { policy: ".github//metricgate.yml" }],
    ["with .. in it", ".", { policy: ".github/../.github/metricgate.yml" }],
    ["with both", "sub", { "working-directory": "sub/", policy: ".github/./metricgate.yml" }],
  ])("%s", async (_, folder, inputs) => {
    const { here, pull } = await loosened(folder, inputs);
    const result = await here.step("review", inputs, pull.event);
    expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([1, "fail"]);
  });

  test("with an absolute path", async () => {
    const { here, pull } = await loosened(".", {});
    const result = await here.step("review", { policy: join(here.folder, ".github/metricgate.yml") }, pull.event);
    expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([1, "fail"]);
  });
});

test("a policy outside of the repository is refused", async () => {
  const { here, pull } = await loosened("sub", { "working-directory": "sub" });
  for (const policy of ["../../metricgate.yml", "../.github/metricgate.yml", "/etc/metricgate.yml"]) {
    const result = await here.step("review", { "working-directory": "sub", policy }, pull.event);
    expect(result.exitCode, said(result)).toBe(2);
    expect(said(result)).toContain("outside-workspace");
  }
});

describe("a policy that was named and is nowhere stops", () => {
  test.each([
    ["train", { run: "touch ran" }],
    ["evaluate", { metrics: "metrics.json", run: "touch ran" }],
    ["gate", {}],
    ["deploy", { to: "serving" }],
    ["review", { metrics: "metrics.json", run: "touch ran" }],
  ])("%s", async (action, inputs) => {
    const here = keep(await startProject({ "metrics.json": metrics(0.9) }));
    const { event, run } = here.pushed(here.commit("A model"));
    if (action === "gate") await here.step("evaluate", { metrics: "metrics.json" }, event, { run: { id: run } });
    const result = await here.step(action, { ...inputs, policy: "ci/nosuch.yml" }, event, { run: { id: run } });
    expect(result.exitCode, said(result)).toBe(2);
    expect(said(result)).toMatch(/there is no policy ci\/nosuch\.yml.*policy-missing/s);
    expect(here.exists("ran")).toBe(false);
  });
});

describe("report of a policy that was named", () => {
  const tell = { comment: "always" };
  const comments = (here: Awaited<ReturnType<typeof loosened>>["here"]) =>
    here.double.state.comments.map(({ body }) => body);

  test.each([
    ["one model", {}],
    ["models that must report", { expect: '["m"]' }],
    ["a plan that came out empty", { expect: "[]" }],
  ])("and is nowhere stops, of %s, and an earlier comment does not stay", async (what, inputs) => {
    const { here, pull } = await loosened(".", {});
    await here.step("review", tell, pull.event);
    here.freshJob();
    const asked = { ...tell, ...inputs, policy: "ci/nosuch.yml" };
    const result = await here.step("report", asked, pull.event, { run: { id: 502 } });
    expect(result.exitCode, said(result)).toBe(2);
    expect(said(result)).toMatch(/there is no policy ci\/nosuch\.yml.*policy-missing/s);
    // Without a model there is nothing to comment on.
    if (what.startsWith("a plan")) return;
    expect(comments(here)).toHaveLength(1);
    expect(comments(here)[0]).toContain("there is no policy `ci/nosuch.yml`");
  });

  test("and is nowhere stops beside a verdict too, which is told", async () => {
    const { here, pull } = await loosened(".", {});
    await here.step("review", { ...tell, comment: "never" }, pull.event);
    const result = await here.step("report", { ...tell, policy: "ci/nosuch.yml" }, pull.event);
    expect([result.exitCode, result.outputs.status], said(result)).toEqual([2, "invalid"]);
    expect(comments(here)[0]).toContain("1 of 1 gate failed");
  });

  test("and that only the pull request brings is there, without a checkout", async () => {
    const here = keep(await startProject({ "metrics.json": metrics(0.9) }));
    const pull = here.proposed({ number: 1, base: here.commit("A model"), files: { "ci/own.yml": loose } });
    rmSync(join(here.folder, "ci"), { recursive: true });
    const result = await here.step("report", { ...tell, policy: "ci/own.yml" }, pull.event);
    expect([result.exitCode, result.outputs.status], said(result)).toEqual([3, "ok"]);
  });

  test("at the default path may be absent", async () => {
    const here = keep(await startProject({ "metrics.json": metrics(0.9) }));
    const { event } = here.pushed(here.commit("A model"));
    await here.step("review", { metrics: "metrics.json" }, event);
    const result = await here.step("report", { policy: "./.github/metricgate.yml" }, event);
    expect(result.exitCode, said(result)).toBe(0);
  });
});

test("a policy that was named is found at the commit in a job without a checkout", async () => {
  const here = keep(await startProject({ "ci/policy.yml": loose }));
  const { event, run } = here.pushed(here.commit("A model"));
  rmSync(join(here.folder, "ci"), { recursive: true });
  here.write({ "metrics.json": metrics(0.9) });
  const result = await here.step("evaluate", { policy: "ci/policy.yml" }, event, { run: { id: run } });
  expect(result.exitCode, said(result)).toBe(0);
  expect(result.outputs["result-file"]).toBe(".metricgate/m/evaluation.json");
});

const planned = `version: 1
models:
  fraud: { paths: [models/fraud/**], gates: [{ metric: accuracy }] }
  spam: { paths: [models/spam/**], gates: [{ metric: accuracy }] }
`;

describe("plan in a working directory", () => {
  test.each([
    ["a model's files below it", { "sub/models/fraud/train.py": "x" }, '["fraud"]'],
    ["files of the same name beside it", { "models/fraud/train.py": "x" }, "[]"],
    ["its policy", { "sub/.github/metricgate.yml": `${planned}# changed\n` }, '["fraud","spam"]'],
    ["a policy beside it", { ".github/metricgate.yml": planned }, "[]"],
  ])("of a change of %s", async (_, files, expected) => {
    const here = keep(await startProject({ "sub/.github/metricgate.yml": planned }));
    const { event } = here.proposed({ number: 1, base: here.commit("Two models"), files });
    for (const policy of [".github/metricgate.yml", "./.github//metricgate.yml"]) {
      const result = await here.step("plan", { "working-directory": "sub", policy }, event);
      expect([result.outputs.models, result.exitCode], said(result)).toEqual([expected, 0]);
    }
    here.git("checkout", "--quiet", "change-1");
    const sub = join(here.folder, "sub");
    for (const policy of ["./.github/metricgate.yml", join(sub, ".github/metricgate.yml")]) {
      const onLaptop = metricgate(sub, ["plan", "--base", "main", "--policy", policy, "--json"]);
      expect([onLaptop.out.trim(), onLaptop.code], onLaptop.messages).toEqual([expected, 0]);
    }
  });
});

test("plan on a laptop leaves out what happened on the base since, and takes a policy above the folder for what it is", async () => {
  const here = keep(await startProject({ ".github/metricgate.yml": planned, "sub/a": "a" }));
  const base = here.commit("Two models");
  here.git("checkout", "--quiet", "-b", "change", base);
  here.write({ "models/fraud/train.py": "x" });
  here.commit("Fraud");
  here.git("checkout", "--quiet", "main");
  here.write({ "models/spam/train.py": "x" });
  here.commit("Spam, on main");
  here.git("checkout", "--quiet", "change");
  const plan = (folder: string, ...more: string[]) => {
    const result = metricgate(folder, ["plan", "--base", "main", "--json", ...more]);
    expect(result.code, result.messages).toBe(0);
    return result.out.trim();
  };
  expect(plan(here.folder)).toBe('["fraud"]');
  here.write({ ".github/metricgate.yml": `${planned}# changed\n` });
  here.commit("The policy");
  expect(plan(join(here.folder, "sub"), "--policy", "../.github/metricgate.yml")).toBe('["fraud","spam"]');
});
