import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge, judgedAgain } from "./mapping/judged-row.ts";
import { measuredScenes, type Scene, scenes } from "./mapping/scenes.ts";
import { type Line, lines } from "./mapping/table.ts";

const cli = resolve(import.meta.dirname, "../../packages/bundle/dist/cli.js");

let root = "";
let all: Record<string, Scene> = {};
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "mapping-"));
  all = { ...scenes, ...(await measuredScenes(root)) };
});
afterAll(() => rm(root, { recursive: true, force: true }));

function sceneOf(found: string): Scene {
  const scene = all[found];
  if (scene === undefined) throw new Error(`there is no scene ${found}`);
  return scene;
}

const table = lines();
const firstOfScene = table.filter((line, index) => table.findIndex((one) => one.found === line.found) === index);

function titleOf({ found, keys, id, expected }: Line): string {
  return [found, ...(keys === "" ? [] : [keys]), `${id} → ${expected}`].join(" · ");
}

function metricgate(folder: string, ...argv: string[]) {
  const env = { PATH: process.env.PATH, HOME: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("what was found becomes an outcome and a verdict (DESIGN §6)", () => {
  test.each(table.map((line) => [titleOf(line), line] as const))("%s", async (_, { found, keys, id, expected }) => {
    const row = await judge(sceneOf(found), keys, id, root);
    const cells = [row.outcome, row.verdict, row.model, row.reasons, row.counts, row.exit, row.notes];
    expect(cells.join(" | ").trim()).toBe(expected);
    expect(await judgedAgain(row, root), "the same documents give the same bytes elsewhere").toBe(row.bytes);
  });

  test("every scene stands in the table", () => {
    expect(Object.keys(all).filter((name) => !table.some((line) => line.found === name))).toEqual([]);
  });
});

describe("the built command line computes the same verdict from the same documents", () => {
  test.each(firstOfScene.map((line) => [titleOf(line), line] as const))("%s", async (_, { found, keys, id }) => {
    const row = await judge(sceneOf(found), keys, id, root);
    const { status, stdout } = metricgate(root, "gate", "--from", row.chain, "--json");
    expect(status).toBe(row.exit);
    expect(stdout).toBe(row.bytes);
    expect(await readFile(join(row.chain, "verdict.json"), "utf8")).toBe(row.bytes);
  });
});
