import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gate } from "../gate/gate.ts";
import { readSide } from "../gate/read-side.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { evaluate } from "./evaluate.ts";
import type { EvaluateRequest } from "./evaluate-ports.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "repeats-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function portsOf(files: Record<string, string>) {
  const folder = await mkdtemp(join(root, "job-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return {
    workspace: await nodeWorkspace(folder),
    hashing,
    messages: { info: () => undefined, warn: () => undefined },
    change: { event: "local", recordsBaseline: false },
    engine: { name: "none", run: () => Promise.reject(new Error("nothing is run here")) },
  };
}

async function measured(files: Record<string, string>, request: Omit<EvaluateRequest, "policy">) {
  const ports = await portsOf(files);
  const result = await evaluate({ model: "m", policy: ".github/metricgate.yml", ...request }, ports);
  const { document } = result.evaluation;
  return { ports, files: result.files, document, metric: metricIn(document) };
}

const metricIn = (document: Evaluation) => (name: string) =>
  document.metrics.find((one) => one.name === name && one.slice === undefined);

const problemOf = (failed: Promise<unknown>) =>
  failed.then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof UserError ? thrown.problems[0] : thrown),
  );

const label = (id: number) => (id % 2 === 0 ? "no" : "yes");
/** Forty rows of which the first `wrong` are predicted wrongly. */
const table = (
  wrong: number,
  change: (id: number) => Partial<{ id: string; label: string; region: string }> = () => ({}),
) =>
  `id,label,prediction,region\n${Array.from({ length: 40 }, (_, id) => {
    const row = { id: `r${id}`, label: label(id), region: id < 20 ? "north" : "south", ...change(id) };
    return `${row.id},${row.label},${id < wrong ? label(id + 1) : label(id)},${row.region}\n`;
  }).join("")}`;
const given = { predictions: "run-1/p.csv", positive: "yes", repeats: ["run-*/p.csv"] };
const runs = { "run-1/p.csv": table(4), "run-2/p.csv": table(8), "run-3/p.csv": table(6) };

describe("repeats of a prediction table", () => {
  it("make the value the mean of all runs, keep each run's value, and say so; the first run may be matched too", async () => {
    const { metric, document } = await measured(runs, given);
    expect(metric("accuracy")).toMatchObject({ value: 0.85, repeats: [0.9, 0.8, 0.85] });
    expect(document.notes).toContainEqual({ code: "repeats", text: "Values are the mean of 3 training runs." });
  });

  it("keep the rows of every run, by digest, and they are read back with the evaluation", async () => {
    const { files, document, ports } = await measured(runs, given);
    expect(files).toEqual(
      ["evaluation.json", "rows.csv", "rows-2.csv", "rows-3.csv"].map((name) => `.metricgate/m/${name}`),
    );
    expect(document.rows?.repeats?.map(({ file }) => file)).toEqual(["rows-2.csv", "rows-3.csv"]);
    const side = await readSide(files[0] ?? "", files[1], ports);
    expect(side.repeats).toHaveLength(2);
    expect(document.rows?.repeats?.[1]?.digest).toBe(hashing.bytes(await ports.workspace.read(files[3] ?? "")));
  });

  it("of fewer runs leave no rows of an earlier try behind", async () => {
    const { ports } = await measured(runs, given);
    const again = await evaluate(
      { model: "m", policy: ".github/metricgate.yml", ...given, repeats: ["run-2/p.csv"] },
      ports,
    );
    expect(again.files).toHaveLength(3);
    expect(await ports.workspace.find([".metricgate/m/rows*.csv"])).toEqual([
      ".metricgate/m/rows-2.csv",
      ".metricgate/m/rows.csv",
    ]);
  });

  it("that are copies of another run are refused: they would say that training has no noise", async () => {
    const copy = { ...runs, "run-3/p.csv": runs["run-1/p.csv"] };
    expect(await problemOf(measured(copy, given))).toMatchObject({
      code: "repeat-copied",
      text: "run-3/p.csv is a copy of run-1/p.csv: the same bytes are no second training run",
      where: { file: "run-3/p.csv" },
    });
    const twice = { ...runs, "run-3/p.csv": runs["run-2/p.csv"] };
    expect(await problemOf(measured(twice, given))).toMatchObject({ code: "repeat-copied" });
    const ofFiles = { "m.json": '{"accuracy": 0.9}', "copy.json": '{"accuracy": 0.9}' };
    expect(await problemOf(measured(ofFiles, { metrics: ["m.json"], repeats: ["copy.json"] }))).toMatchObject({
      code: "repeat-copied",
    });
  });

  it("may predict a class that the first run never did", async () => {
    const files = { ...runs, "run-3/p.csv": runs["run-3/p.csv"].replace(/^r0,no,yes,/m, "r0,no,maybe,") };
    const { document, files: written, ports } = await measured(files, { ...given, task: "classification" });
    expect(document.rows?.task.classes).toEqual(["maybe", "no", "yes"]);
    expect((await readSide(written[0] ?? "", written[1], ports)).repeats).toHaveLength(2);
  });

  it.each([
    ["an id is missing", table(4).replace(/^r7,.*\n/m, ""), "0 ids only in it and 1 only in the first run"],
    [
      "an id is another",
      table(4, (id) => (id === 7 ? { id: "x" } : {})),
      "1 ids only in it and 1 only in the first run",
    ],
    ["labels differ", table(4, (id) => (id < 3 ? { label: label(id + 1) } : {})), "other labels in 3 of 40 rows"],
    ["slices differ", table(4, (id) => (id < 2 ? { region: "east" } : {})), "another region in 2 of 40 rows"],
  ])("are refused when %s, with the file and the counts", async (_, text, said) => {
    const failed = measured({ ...runs, "run-2/p.csv": text }, { ...given, slices: ["region"] });
    expect(await problemOf(failed)).toMatchObject({
      code: "repeat-differs",
      text: expect.stringContaining(said),
      where: { file: "run-2/p.csv" },
    });
  });

  it("are refused where nothing matches, and where the first run has no table", async () => {
    expect(await problemOf(measured(runs, { ...given, repeats: ["nowhere/*.csv"] }))).toMatchObject({
      code: "no-files-match",
    });
    const files = { ...runs, "m.json": '{"accuracy": 0.9}' };
    expect(await problemOf(measured(files, { metrics: ["m.json"], repeats: ["run-2/p.csv"] }))).toMatchObject({
      code: "repeat-without-table",
    });
  });
});

describe("repeats of metric files", () => {
  const files = {
    "1.json": '{"accuracy": 0.9, "f1": 0.8}',
    "2.json": '{"accuracy": 0.8, "f1": 0.7}',
    "3.json": '{"accuracy": 0.7, "f1": 0.9, "recall": 1}',
    "latency.json": '{"latency_ms": 12}',
  };

  it("make the mean, name what only the first run has, and what it does not have", async () => {
    const { metric, document } = await measured(files, {
      metrics: ["1.json", "latency.json"],
      repeats: ["[0-9].json"],
    });
    expect(metric("accuracy")).toMatchObject({ repeats: [0.9, 0.8, 0.7] });
    expect(metric("accuracy")?.value).toBeCloseTo(0.8, 12);
    expect(metric("latency_ms")).toMatchObject({ value: 12 });
    expect(metric("latency_ms")).not.toHaveProperty("repeats");
    expect(metric("recall")).toBeUndefined();
    const notes = document.notes?.map(({ code, text }) => `${code}: ${text}`);
    expect(notes).toContain("repeats-single: Measured in the first run only: latency_ms.");
    expect(notes).toContain("repeats-unknown: Not in the first run, and left out: recall.");
  });

  it("of which one lacks a metric are refused, with the file", async () => {
    const uneven = { ...files, "3.json": '{"accuracy": 0.7}' };
    expect(await problemOf(measured(uneven, { metrics: ["1.json"], repeats: ["[0-9].json"] }))).toMatchObject({
      code: "repeats-uneven",
      where: { file: "3.json" },
    });
  });
});

describe("an evaluation with repeats on its way", () => {
  it("is brought to the gate from elsewhere with the rows of every run, candidate and baseline", async () => {
    const { ports } = await measured(runs, given);
    const folder = ports.workspace.root;
    for (const [from, to] of [
      ["evaluation.json", "kept/base.json"],
      ["rows.csv", "kept/base-rows.csv"],
      ["rows-2.csv", "kept/base-rows-2.csv"],
      ["rows-3.csv", "kept/base-rows-3.csv"],
    ] as const)
      await ports.workspace.write(to, await readFile(join(folder, ".metricgate/m", from)));
    await rm(join(folder, ".metricgate"), { recursive: true });
    const result = await gate(
      { policy: ".github/metricgate.yml", candidate: "kept/base.json", baseline: "kept/base.json", "max-drop": "0.01" },
      ports,
    );
    expect(result.candidate.repeats).toHaveLength(2);
    expect(result.baseline?.repeats).toHaveLength(2);
    expect(await ports.workspace.find([".metricgate/m/baseline-rows*.csv"])).toHaveLength(3);
    const again = await gate({ policy: "", from: ".metricgate/m" }, ports);
    expect(again.verdict.digest).toBe(result.verdict.digest);
  });

  it("is refused when the rows of one run are gone or are others", async () => {
    const { ports } = await measured(runs, given);
    const rows3 = ".metricgate/m/rows-3.csv";
    await ports.workspace.write(rows3, await ports.workspace.read(".metricgate/m/rows-2.csv"));
    const judge = () => gate({ policy: ".github/metricgate.yml", baseline: ".metricgate/m/evaluation.json" }, ports);
    expect(await problemOf(judge())).toMatchObject({ code: "rows-differ", where: { file: rows3 } });
    await ports.workspace.remove(rows3);
    expect(await problemOf(judge())).toMatchObject({ code: "rows-missing", where: { file: rows3 } });
  });
});
