import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Command } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { evaluateCommand } from "./evaluate.ts";
import { gateCommand } from "./gate.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "cli-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A folder with metric files of a model that is good, the same and worse, and without a policy. */
async function job() {
  const folder = await mkdtemp(join(root, "job-"));
  for (const [name, value] of Object.entries({ before: 0.9, same: 0.9, worse: 0.88 }))
    await writeFile(join(folder, `${name}.json`), JSON.stringify({ accuracy: value }));
  const run = async (command: Command, ...argv: string[]) => {
    const out: string[] = [];
    const code = await command.run(argv, {
      out: (text) => out.push(text),
      environment: {},
      folder,
      colour: false,
      messages: { info: () => undefined, warn: () => undefined },
    });
    return { code, out: out.join("\n") };
  };
  for (const name of ["before", "same", "worse"])
    await run(evaluateCommand, "--metrics", `${name}.json`, "--out", `${name}.eval.json`);
  const gate = (candidate: string, ...more: string[]) =>
    run(gateCommand, "--candidate", `${candidate}.eval.json`, "--baseline", "before.eval.json", ...more);
  return { run, gate };
}

describe("without a policy", () => {
  it("gate judges by the default margin, which the report names with the next step", async () => {
    const { gate } = await job();
    const worse = await gate("worse");
    expect(worse.code).toBe(1);
    expect(worse.out).toContain("Policy: none, so the default max-drop: 1% judges every metric");
    expect(worse.out).toContain("npx metricgate init writes a policy, the input max-drop sets another margin");
    expect(worse.out).toMatch(/Is the loss intended\? Give the input max-drop a larger margin/);
    expect((await gate("same")).code).toBe(0);
  });

  it("gate with a margin of its own says nothing of a default", async () => {
    const { gate } = await job();
    const kept = await gate("worse", "--max-drop", "5%");
    expect([kept.code, kept.out]).toEqual([0, expect.not.stringContaining("default")]);
  });

  it("gate with max-drop none, and compare without max-drop, show everything and judge nothing", async () => {
    const { gate, run } = await job();
    const shown = [
      await gate("worse", "--max-drop", "none"),
      await run(compareCommand, "before.json", "worse.json"),
      await run(compareCommand, "before.eval.json", "worse.eval.json"),
    ];
    for (const { code, out } of shown) {
      expect(code).toBe(0);
      expect(out).toContain("measured, not judged");
      expect(out).not.toContain("default");
    }
  });

  it("compare knows no margin called none, as it judges nothing unless it is asked to", async () => {
    const { run } = await job();
    await expect(run(compareCommand, "before.json", "worse.json", "--max-drop", "none")).rejects.toThrow(/max-drop/);
  });
});
