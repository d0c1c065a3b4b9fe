import { execFileSync } from "node:child_process";
import { access, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Command } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { deployCommand } from "./deploy.ts";
import { evaluateCommand } from "./evaluate.ts";
import { gateCommand } from "./gate.ts";
import { historyCommand } from "./history.ts";
import { trainCommand } from "./train.ts";

let folder = "";
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "named-")));
  await writeFile(join(folder, "before.json"), JSON.stringify({ accuracy: 0.9 }));
  await writeFile(join(folder, "worse.json"), JSON.stringify({ accuracy: 0.5 }));
  await mkdir(join(folder, ".github"));
  const models = ["fraud", "churn"].map((name) => `  ${name}: { gates: [{ metric: accuracy, max-drop: 0.01 }] }\n`);
  await writeFile(join(folder, ".github/metricgate.yml"), `version: 1\nmodels:\n${models.join("")}`);
  for (const name of ["before", "worse"])
    await run(evaluateCommand, "--model", "fraud", "--metrics", `${name}.json`, "--out", `${name}.eval.json`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(command: Command, ...argv: string[]): Promise<number> {
  const messages = { info: () => undefined, warn: () => undefined };
  return command.run(argv, { out: () => undefined, environment: {}, folder, colour: false, messages });
}

const gateFiles = ["--candidate", "worse.eval.json", "--baseline", "before.eval.json"];

it.each([
  ["compare", compareCommand, ["before.json", "worse.json"]],
  ["gate", gateCommand, gateFiles],
] as const)("%s stops at a policy that was named and is not there", async (_, command, files) => {
  await expect(run(command, ...files, "--policy", "nosuch.yml")).rejects.toMatchObject({
    problems: [{ code: "policy-missing", text: "there is no policy nosuch.yml", where: { file: "nosuch.yml" } }],
  });
  expect(await run(command, ...files, "--policy", "./.github/metricgate.yml", "--model", "fraud")).toBe(1);
});

it.each([
  ["evaluate", evaluateCommand, ["--metrics", "before.json", "--run", "touch ran"]],
  ["train", trainCommand, ["--run", "touch ran"]],
  ["deploy", deployCommand, ["--to", "serving", "--approval", "none"]],
  ["history", historyCommand, ["accuracy"]],
] as const)(
  "%s stops at a policy that was named and is not there, before it does anything",
  async (_, command, words) => {
    // history asks git for the base branch first.
    const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
    git("init", "--initial-branch=main");
    git("-c", "user.name=octo", "-c", "user.email=octo@example.com", "commit", "--allow-empty", "--message", "main");
    await expect(run(command, ...words, "--model", "fraud", "--policy", "nosuch.yml")).rejects.toMatchObject({
      problems: [{ code: "policy-missing", text: "there is no policy nosuch.yml", where: { file: "nosuch.yml" } }],
    });
    await expect(access(join(folder, "ran"))).rejects.toMatchObject({ code: "ENOENT" });
  },
);

it("evaluate and train need no policy at the default path", async () => {
  const without = join(folder, "without");
  await mkdir(without);
  const at = ["--working-directory", "without"];
  await writeFile(join(without, "metrics.json"), JSON.stringify({ accuracy: 0.9 }));
  expect(await run(evaluateCommand, "--metrics", "metrics.json", ...at)).toBe(0);
  expect(await run(trainCommand, "--run", "true", ...at)).toBe(0);
});

it("compare stops at a model that the policy does not have, and names the nearest", async () => {
  const compare = (...more: string[]) => run(compareCommand, "before.json", "worse.json", ...more);
  await expect(compare("--model", "frauds")).rejects.toMatchObject({
    problems: [{ code: "model-unknown", text: expect.stringContaining("fraud, churn"), next: "Did you mean `fraud`?" }],
  });
  await expect(compare("--model", "other")).rejects.toMatchObject({
    problems: [{ code: "model-unknown", next: expect.stringContaining("Name one of its models") }],
  });
  expect(await compare("--model", "fraud")).toBe(1);
  expect(await compare("--model", "other", "--max-drop", "0.01"), "max-drop judges another model").toBe(1);
});
