import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Command } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { evaluateCommand } from "./evaluate.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "cli-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const table = (wrong: number) =>
  `id,label,prediction\n${Array.from({ length: 60 }, (_, id) => {
    const label = id % 2 === 0 ? "no" : "yes";
    return `r${id},${label},${id < wrong ? (label === "no" ? "yes" : "no") : label}\n`;
  }).join("")}`;

/** Runs a verb in a new folder with the tables of two versions, of three runs each. */
async function job() {
  const folder = await mkdtemp(join(root, "job-"));
  for (const [name, wrong] of Object.entries({ a1: 3, a2: 4, a3: 5, b1: 20, b2: 21, b3: 22 }))
    await writeFile(join(folder, `${name}.csv`), table(wrong));
  const said: string[] = [];
  const out: string[] = [];
  const run = (command: Command, ...argv: string[]) =>
    command.run(argv, {
      out: (text) => out.push(text),
      environment: {},
      folder,
      colour: false,
      messages: { info: (text) => said.push(text), warn: (text) => said.push(text) },
    });
  return { folder, out, run };
}

it("evaluate --out puts the rows of every run beside its file, and compare takes them from there", async () => {
  const { folder, out, run } = await job();
  for (const side of ["a", "b"]) {
    const rest = ["--positive", "yes", "--repeats", `${side}*.csv`, "--out", `${side}.json`];
    expect(await run(evaluateCommand, "--predictions", `${side}1.csv`, ...rest)).toBe(0);
  }
  await rm(join(folder, ".metricgate"), { recursive: true });
  expect((await readdir(folder)).filter((name) => name.startsWith("a-"))).toEqual([
    "a-rows-2.csv",
    "a-rows-3.csv",
    "a-rows.csv",
  ]);
  expect(await run(compareCommand, "a.json", "b.json", "--max-drop", "0.01", "--json")).toBe(1);
  const { gates } = JSON.parse(out.at(-1) ?? "");
  const accuracy = gates.find(({ metric }: { metric: string }) => metric === "accuracy");
  expect(accuracy.baseline).toBeCloseTo(56 / 60, 12);
  expect(accuracy.candidate).toBeCloseTo(39 / 60, 12);
  expect(accuracy.outcome).toBe("fail");
});

it("compare of two tables says that the eval set is the same, by their ids and labels", async () => {
  const { folder, out, run } = await job();
  await run(compareCommand, "a1.csv", "b1.csv", "--positive", "yes");
  expect(out.at(-1)).toContain("same bytes in both runs");
  await writeFile(join(folder, "c.csv"), table(3).replace("r7,", "other,"));
  await run(compareCommand, "a1.csv", "c.csv", "--positive", "yes");
  expect(out.at(-1)).toContain("other bytes than the baseline's");
});
