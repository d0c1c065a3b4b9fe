import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Command } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { evaluateCommand } from "./evaluate.ts";
import { gateCommand } from "./gate.ts";

const FILE_WANTED = expect.stringContaining("Put an evaluation there");
let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "anchor-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A folder with a policy of this anchor, metric files and their evaluations. */
async function job(anchor: string) {
  const folder = await mkdtemp(join(root, "job-"));
  const run = async (command: Command, ...argv: string[]) => {
    const out: string[] = [];
    const messages = { info: () => undefined, warn: () => undefined };
    const code = await command.run(argv, {
      out: (text) => out.push(text),
      environment: {},
      folder,
      colour: false,
      messages,
    });
    return { code, out: out.join("\n") };
  };
  await mkdir(join(folder, ".github"));
  const gates = "{ gates: [{ metric: accuracy, max-drop: 0.01 }] }";
  await writeFile(
    join(folder, ".github/metricgate.yml"),
    `version: 1\nmodels:\n  m: ${gates}\nbaseline: { anchor: "${anchor}" }\n`,
  );
  for (const [name, value] of Object.entries({ before: 0.9, after: 0.895, release: 0.95 })) {
    await writeFile(join(folder, `${name}.json`), JSON.stringify({ accuracy: value }));
    await run(evaluateCommand, "--metrics", `${name}.json`, "--out", `${name}.eval.json`);
  }
  const files = {
    gate: ["--candidate", "after.eval.json", "--baseline", "before.eval.json"],
    compare: ["before.json", "after.json"],
  };
  const judged = async (command: Command, words: string[]) => {
    const { code, out } = await run(command, ...words, "--json");
    return { code, ...JSON.parse(out) };
  };
  return {
    gate: () => judged(gateCommand, files.gate),
    compare: () => judged(compareCommand, files.compare),
  };
}

it.each([
  ["gate", "release.eval.json"],
  ["compare", "release.eval.json"],
  ["compare", "release.json"],
] as const)("%s judges against the anchor file:%s", async (verb, file) => {
  const found = await (await job(`file:${file}`))[verb]();
  expect(found.code).toBe(1);
  expect(found.gates).toMatchObject([
    { id: "accuracy/no-regression", outcome: "pass" },
    { id: "accuracy/no-regression@anchor", outcome: "fail", baseline: 0.95 },
  ]);
  expect(found.anchor.from).toBe(`file:${file}`);
});

it.each(["gate", "compare"] as const)(
  "%s warns of an anchor file that does not exist, with its path and the key",
  async (verb) => {
    const found = await (await job("file:gone.json"))[verb]();
    expect(found).toMatchObject({ code: 0, verdict: "warn" });
    const about = found.gates.find(({ id }: { id: string }) => id === "anchor");
    const text = expect.stringMatching(/gone\.json, which `baseline\.anchor` of the policy names, does not exist/);
    expect(about.reasons).toEqual([{ code: "baseline-missing", text, next: FILE_WANTED }]);
  },
);

it("gate says what an anchor file must be when it is a metric file", async () => {
  const found = await (await job("file:release.json")).gate();
  expect(found).toMatchObject({ code: 0, verdict: "warn" });
  const about = found.gates.find(({ id }: { id: string }) => id === "anchor");
  const text = expect.stringContaining("metricgate/evaluation@1 was expected");
  expect(about.reasons).toEqual([{ code: "baseline-unreadable", text, next: FILE_WANTED }]);
});

it("compare says that it looks up no anchor of another kind", async () => {
  const found = await (await job("tag:v*")).compare();
  expect(found).toMatchObject({ code: 0, verdict: "pass" });
  expect(found.notes).toContainEqual({ code: "anchor-not-compared", text: expect.stringContaining("tag:v*") });
});
