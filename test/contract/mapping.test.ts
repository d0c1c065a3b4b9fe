import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";
import { exitCodeOf } from "@metricgate/core/policy/verdict-exit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gate } from "../../packages/pipeline/src/gate/gate.ts";
import { measured, portsIn, pullRequest, written } from "./mapping/job.ts";
import { judge, judgedAgain, policyText, put } from "./mapping/judged-row.ts";
import { digestB, measuredScenes, type Scene, scenes } from "./mapping/scenes.ts";
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

/** A metric of which nobody knows which way is good. */
const odd = (value: number) =>
  written({
    kind: "metricgate/evaluation@1",
    model: { name: "m" },
    source: {},
    evalSet: { digest: digestB },
    metrics: [{ name: "oddity", value }],
  });
const withoutDirection: Scene = { candidate: odd(1), baseline: odd(2), gate: { metric: "oddity" } };
const goneAndNew = ["latency_ms/no-regression skipped", "accuracy/no-regression missing"];

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

describe("rows that cannot be measured are refused before anything is judged, with the place and a next step", () => {
  const line = (n: number, score = `0.${n % 10}`, label = String(n % 2), weight = "1", id = `r${n}`) =>
    [id, label, score, weight].join(",");
  test.each([
    ["a duplicate id", line(3, undefined, undefined, undefined, "r2"), /id "r2"/],
    ["a missing label", line(3, undefined, ""), /label/],
    ["a score that is NaN", line(3, "NaN"), /score/],
    ["a score that is infinite", line(3, "inf"), /score/],
    ["a weight of zero", line(3, undefined, undefined, "0"), /weight/],
    ["a negative weight", line(3, undefined, undefined, "-1"), /weight/],
  ])("%s", async (_, bad, about) => {
    const folder = await mkdtemp(join(root, "refused-"));
    const rows = [0, 1, 2, 3, 4, 5].map((n) => (n === 3 ? bad : line(n)));
    await writeFile(join(folder, "p.csv"), `id,label,score,weight\n${rows.join("\n")}\n`);
    const asked = measured(folder, { predictions: "p.csv", compute: ["roc_auc"], positive: "1" });
    const thrown: unknown = await asked.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(UserError);
    const [problem] = thrown instanceof UserError ? thrown.problems : [];
    expect(problem?.text).toMatch(about);
    expect(problem?.next).not.toBe("");
    expect(problem?.where).toMatchObject({ file: "p.csv", line: 5 });
  });
});

describe("the built command line computes the same verdict from the same documents", () => {
  test.each(firstOfScene.map((line) => [titleOf(line), line] as const))("%s", async (_, { found, keys, id }) => {
    const row = await judge(sceneOf(found), keys, id, root);
    const { status, stdout } = metricgate(root, "gate", "--from", row.chain, "--json");
    expect(status).toBe(row.exit);
    expect(stdout, "where only words differ, the bundle is older than its source").toBe(row.bytes);
    expect(await readFile(join(row.chain, "verdict.json"), "utf8")).toBe(row.bytes);
  });
});

describe("the built command line decides from two files and a policy", () => {
  test.each([
    ["rule holds, proven", "", 0, "pass"],
    ["proven worse", "", 1, "fail"],
    ["proven worse", "severity: warn", 0, "warn"],
    ["neither proven", "", 0, "warn"],
    ["neither proven", "on-inconclusive: fail", 1, "fail"],
    ["metric absent", "", 1, "fail"],
    ["gate matches nothing", "", 1, "fail"],
    ["eval set changed", "", 1, "fail"],
    ["rows pair, worse", "", 1, "fail"],
    ["ids differ", "on-incomparable: warn", 0, "warn"],
  ])("%s · %s → exit %i, %s", async (found, keys, exit, verdict) => {
    const folder = await mkdtemp(join(root, "files-"));
    const scene = sceneOf(found);
    await put(folder, "candidate", scene.candidate);
    await put(folder, "baseline", scene.baseline ?? scene.candidate);
    await writeFile(join(folder, "policy.yml"), policyText(scene, keys, ["m", "other"]));
    const files = ["--candidate", "candidate/evaluation.json", "--baseline", "baseline/evaluation.json"];
    const { status, stdout } = metricgate(folder, "gate", ...files, "--policy", "policy.yml", "--json");
    expect(status).toBe(exit);
    expect(JSON.parse(stdout)).toMatchObject({ verdict, baseline: { from: "file:baseline/evaluation.json" } });
  });
});

test.each([
  ["neither policy nor max-drop, worse", "proven worse", undefined, ["accuracy/no-regression fail"], "fail", 1],
  [
    "neither policy nor max-drop, the same",
    "rule holds, proven",
    undefined,
    ["accuracy/no-regression pass"],
    "pass",
    0,
  ],
  [
    "neither policy nor max-drop, open",
    "neither proven",
    undefined,
    ["accuracy/no-regression inconclusive"],
    "warn",
    0,
  ],
  ["neither policy nor max-drop, gone", "metric absent", undefined, goneAndNew, "fail", 1],
  [
    "neither policy nor max-drop, a share of zero",
    "share of zero",
    undefined,
    ["accuracy/no-regression missing"],
    "fail",
    1,
  ],
  [
    "neither policy nor max-drop, other data",
    "eval set changed",
    undefined,
    ["accuracy/no-regression missing"],
    "fail",
    1,
  ],
  ["neither policy nor max-drop, no direction known", "no direction", undefined, ["*/presence missing"], "fail", 1],
  ["max-drop: none, worse", "proven worse", "none", [], "none", 0],
  ["max-drop: none, no direction known", "no direction", "none", [], "none", 0],
  ["max-drop alone, kept", "proven worse", "0.2", ["accuracy/no-regression pass"], "pass", 0],
  ["max-drop alone, exceeded", "proven worse", "0.05", ["accuracy/no-regression fail"], "fail", 1],
] as const)("%s: what is judged without a policy", async (_, found, maxDrop, results, verdict, exit) => {
  const folder = await mkdtemp(join(root, "asked-"));
  const scene = found === "no direction" ? withoutDirection : sceneOf(found);
  await put(folder, "candidate", scene.candidate);
  await put(folder, "baseline", scene.baseline ?? scene.candidate);
  const request = {
    candidate: "candidate/evaluation.json",
    baseline: "baseline/evaluation.json",
    policy: ".github/metricgate.yml",
  };
  const result = await gate({ ...request, "max-drop": maxDrop }, await portsIn(folder, pullRequest));
  const { document } = result.verdict;
  expect(document.verdict ?? "none").toBe(verdict);
  expect(document.gates.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(results);
  expect(exitCodeOf(document, result.mode)).toBe(exit);
  const used = maxDrop === undefined ? { maxDrop: "1%", maxDropDefault: true } : maxDrop === "none" ? {} : { maxDrop };
  expect(document.policy).toEqual({ changedHere: false, advisory: false, ...used });
  expect(document.notes ?? []).toEqual([]);
  const again = await gate(
    { policy: ".github/metricgate.yml", from: ".metricgate/m" },
    await portsIn(folder, { event: "local", recordsBaseline: false }),
  );
  expect(again.verdict.digest, "the same documents give the same verdict").toBe(result.verdict.digest);
});
