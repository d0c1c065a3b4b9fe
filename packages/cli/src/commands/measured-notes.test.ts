import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import type { Command } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { evaluateCommand } from "./evaluate.ts";
import { gateCommand } from "./gate.ts";
import { reportCommand } from "./report.ts";

/** Labels and scores of eight rows, without ids; `cut` leaves the last line without its end. */
const table = (cut: boolean) =>
  `label,score\n${[..."01011001"].map((label, n) => `${label},0.${n + 1}`).join("\n")}${cut ? "" : "\n"}`;

let root = "";
let folder = "";
let log: string[] = [];
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "notes-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function run(command: Command, ...argv: string[]): Promise<string> {
  const out: string[] = [];
  log = [];
  const messages = { info: (text: string) => log.push(text), warn: (text: string) => log.push(text) };
  await command.run(argv, { out: (text) => out.push(text), environment: {}, folder, colour: false, messages });
  return out.join("\n");
}

/** The baseline from a whole table and the candidate from one that may be cut, gated in a folder of their own. */
async function judged(cut: boolean): Promise<string> {
  folder = await mkdtemp(join(root, "job-"));
  await mkdir(join(folder, "out"));
  await writeFile(join(folder, "out/p.csv"), table(false));
  await run(evaluateCommand, "--predictions", "out/p.csv", "--out", "before.json");
  await writeFile(join(folder, "out/p.csv"), table(cut));
  await run(evaluateCommand, "--predictions", "out/p.csv", "--out", "after.json");
  const told = log.join("\n");
  await run(gateCommand, "--candidate", "after.json", "--baseline", "before.json", "--out", "verdict.json");
  return told;
}

const open = "This version: The last line of out/p.csv has no line end: the file may be cut. 8 rows were read.";
const placed =
  "Both versions: out/p.csv has no id column: rows are paired by their number, so both sides must keep their order.";
const made = 'Both versions: out/p.csv has no prediction: "1" was taken where its score is at least 0.5.';

it.each(["comment", "summary", "html", "text"])(
  "the %s tells what the evaluations remark on their data",
  async (format) => {
    await judged(true);
    const said = (await run(reportCommand, "verdict.json", "--format", format))
      .replaceAll("&quot;", '"')
      .replaceAll("&#34;", '"')
      .replaceAll("`", "");
    for (const note of [open, placed, made]) expect(said.split(note)).toHaveLength(2);
    expect(said, "which columns were taken is no matter of trust").not.toContain("Taken from out/p.csv");
  },
);

test("a table whose last line ends is not remarked on, and the log of evaluate tells all that was taken", async () => {
  const told = await judged(false);
  expect(told).toContain("Taken from out/p.csv");
  expect(told).toContain("has no id column");
  expect(await run(reportCommand, "verdict.json")).not.toContain("may be cut");
});

test("compare tells it too, and which side it is of", async () => {
  folder = await mkdtemp(join(root, "job-"));
  await writeFile(join(folder, "before.csv"), table(true));
  await writeFile(join(folder, "after.csv"), table(false));
  const said = await run(compareCommand, "before.csv", "after.csv");
  expect(said).toContain("Note: The baseline: The last line of before.csv has no line end");
  expect(said).toContain("Note: This version: after.csv has no id column");
  expect(said).not.toContain("last line of after.csv");
});

test("of many metric files that may be cut three are named, and the others are counted", async () => {
  folder = await mkdtemp(join(root, "job-"));
  for (let n = 0; n < 60; n++) await writeFile(join(folder, `m${n}.csv`), `metric,value\nacc${n},0.9`);
  await run(evaluateCommand, "--metrics", "m*.csv", "--out", "e.json");
  expect(log.filter((line) => line.includes("if the file was cut"))).toHaveLength(50);
  expect(log).toContain("10 more remarks on the measured files stand in the evaluation.");
  await run(gateCommand, "--candidate", "e.json", "--baseline", "e.json", "--out", "verdict.json");
  const said = await run(reportCommand, "verdict.json");
  expect(said.match(/Note: Both versions: The last line of/g)).toHaveLength(3);
  expect(said).toContain("Note: Both versions: 57 more remarks of this kind, line-open.");
});
