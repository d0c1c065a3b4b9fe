import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Command } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { evaluateCommand } from "./evaluate.ts";
import { gateCommand } from "./gate.ts";

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
