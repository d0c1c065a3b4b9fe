import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { curve as curveSchema } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import { metricFormats } from "@metricgate/formats/metric-files/format-list";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { type MeasuredFiles, measureFiles } from "./measure-files.ts";

let place = "";
let folder = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "measure-"));
  folder = join(place, "work");
  mkdirSync(folder);
});
afterEach(() => rmSync(place, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const example = (name: string): string => metricFormats.find((format) => format.name === name)?.example.text ?? "";
const measure = async (...patterns: string[]): Promise<MeasuredFiles> => {
  const found = await measureFiles(patterns, { workspace: await nodeWorkspace(folder) });
  if (found === undefined) throw new Error("nothing was measured");
  return found;
};
const problem = async (...patterns: string[]) => {
  try {
    await measure(...patterns);
  } catch (error) {
    if (error instanceof UserError) return error.problems[0];
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("the metric files that patterns match", () => {
  it("a pattern that matches the baseline's file and the candidate's is refused with both, and what to do", async () => {
    write("out/candidate/metrics.json", '{"accuracy": 0.9}');
    write("out/baseline/metrics.json", '{"accuracy": 0.8}');
    const found = await problem("out/**/metrics.json");
    expect(found).toMatchObject({ code: "metric-twice", where: { file: "out/candidate/metrics.json", line: 1 } });
    expect(found?.text).toContain("out/baseline/metrics.json");
    expect((await measure("out/**/metrics.json", "!out/baseline/**")).metrics).toMatchObject([{ value: 0.9 }]);
  });

  it("what a dvc.yaml names must lie in the working directory, also where a person may name files elsewhere", async () => {
    writeFileSync(join(place, "secret.json"), '{"accuracy": 1}');
    const workspace = await nodeWorkspace(folder, "allow");
    const codeFor = async (named: string) => {
      write("sub/dvc.yaml", `metrics:\n  - ${named}\n`);
      const read = measureFiles(["sub/dvc.yaml"], { workspace });
      return read.then(
        (found) => found?.metrics.map(({ from }) => from?.file).join(),
        (error: UserError) => error.problems[0]?.code,
      );
    };
    write("m.json", '{"accuracy": 0.9}');
    mkdirSync(join(folder, "sub"));
    symlinkSync(join(place, "secret.json"), join(folder, "sub/link.json"));
    expect(await codeFor("../m.json")).toBe("sub/../m.json");
    expect(await codeFor("../../secret.json")).toBe("outside-workspace");
    expect(await codeFor("link.json")).toBe("outside-workspace");
    expect((await measureFiles(["../secret.json"], { workspace }))?.metrics).toHaveLength(1);
  });

  it.each([
    ["out", "not-a-file"],
    ["none.json", "no-files-match"],
    ["none/*.json", "no-files-match"],
    ["link.json", "outside-workspace"],
    ["dangling.json", "no-files-match"],
    ["../outside.json", "outside-workspace"],
    ["broken.json", "json-truncated"],
    ["json:log.csv", "json-syntax"],
    ["csv:out/m.json", "format-name-unknown"],
  ])("%s is refused as %s, by its name", async (pattern, code) => {
    write("out/m.json", '{"accuracy": 0.9}');
    write("broken.json", '{"accuracy": 0.9');
    write("log.csv", "epoch,val_loss\n0,1\n");
    writeFileSync(join(place, "outside.json"), '{"accuracy": 1}');
    symlinkSync(join(place, "outside.json"), join(folder, "link.json"));
    symlinkSync("gone.json", join(folder, "dangling.json"));
    const found = await problem(pattern);
    expect(found).toMatchObject({ code, where: { file: pattern.replace(/^json:/, "") } });
    expect(found?.next).toMatch(/\.$/);
  });

  it("a link by its name is read when it stays inside", async () => {
    write("wandb/run-1/files/wandb-summary.json", '{"accuracy": 0.9, "_wandb": {}}');
    symlinkSync("run-1", join(folder, "wandb/latest-run"));
    expect((await measure("wandb/latest-run/files/wandb-summary.json")).metrics).toMatchObject([{ value: 0.9 }]);
  });

  it("dvc.yaml reads the files that it names, also below a wdir, and none outside of the workspace", async () => {
    write("a/dvc.yaml", "stages:\n  x:\n    wdir: sub\n    cmd: y\n    metrics: [m.toml]\nmetrics: [n.json]\n");
    write("a/sub/m.toml", "[t]\nauc = 0.5\n");
    write("a/n.json", '{\n"acc": 1}');
    const { metrics } = await measure("a/dvc.yaml");
    expect(metrics.map(({ name, from }) => [name, from])).toEqual([
      ["acc", { file: "a/n.json", format: "dvc-yaml", line: 2 }],
      ["t.auc", { file: "a/sub/m.toml", format: "dvc-yaml" }],
    ]);
    writeFileSync(join(place, "outside.json"), '{"accuracy": 1}');
    write("a/dvc.yaml", "metrics: [../../outside.json]\n");
    expect((await problem("a/dvc.yaml"))?.code).toBe("outside-workspace");
    write("a/dvc.yaml", "metrics: [gone.json]\n");
    expect((await problem("a/dvc.yaml"))?.code).toBe("file-missing");
  });

  it("DVCLive's curves come from the plots beside it, and a histories' own from itself, 500 points at most", async () => {
    write("dvclive/metrics.json", '{"val": {"accuracy": 0.8}, "step": 2}');
    write("dvclive/plots/metrics/val/accuracy.tsv", "timestamp\tstep\taccuracy\n1\t0\t0.5\n2\t1\t0.8\n");
    const rows = Array.from({ length: 2001 }, (_, i) => `${i},${i === 7 ? "nan" : 1 / (i + 1)}\n`).join("");
    write("log.csv", `epoch,val_loss\n${rows}`);
    const { curves, metrics } = await measure("dvclive/metrics.json", "log.csv");
    const [first, second] = curves;
    expect(first).toMatchObject({
      name: "val.accuracy",
      x: "step",
      points: [
        [0, 0.5],
        [1, 0.8],
      ],
    });
    expect(second?.points).toHaveLength(500);
    expect(second?.points[0]).toEqual([0, 1]);
    expect(second?.points.at(-1)).toEqual([2000, 1 / 2001]);
    for (const curve of curves) expect(curveSchema.safeParse(curve).success).toBe(true);
    expect(metrics.find(({ name }) => name === "val_loss")?.value).toBe(1 / 2001);
  });

  it("rows of promptfoo pair by test whatever their order, and give means with intervals", async () => {
    write("p.json", example("promptfoo"));
    const { table, metrics, evalSet } = await measure("p.json");
    expect(evalSet).toBeUndefined();
    expect(table?.rows.count).toBe(2);
    expect(table?.metrics).toMatchObject([
      { name: "mean(pass)", value: 0.5 },
      { name: "mean(score)", value: 0.75 },
    ]);
    expect(metrics).toMatchObject([
      { name: "pass_rate", value: 0.5, direction: "up", n: 2 },
      { name: "errors", value: 0 },
      { name: "latency_ms", value: 150 },
      { name: "cost", value: 0.001 },
      { name: "tone", value: 0.75 },
    ]);
  });

  it("tests of promptfoo with other variables are another eval set, in whatever order they ended", async () => {
    const file = (...rows: [number, string][]): string =>
      JSON.stringify({
        results: {
          version: 3,
          prompts: [],
          results: rows.map(([testIdx, q]) => ({ testIdx, promptIdx: 0, success: true, score: 1, vars: { q } })),
        },
      });
    const identity = async (text: string) => {
      write("p.json", text);
      return (await measure("p.json")).evalSet?.text;
    };
    const one = await identity(file([0, "a"], [1, "b"]));
    expect(one).toBeDefined();
    expect(await identity(file([1, "b"], [0, "a"]))).toBe(one);
    expect(await identity(file([0, "a"], [1, "c"]))).not.toBe(one);
  });

  it("what tools say about their questions is one identity, whatever the order of the files", async () => {
    const run = (task: string, hash: string): string =>
      JSON.stringify({ results: { [task]: { alias: task, "acc,none": 0.5 } }, task_hashes: { [task]: hash } });
    write("a.json", run("a", "1"));
    write("b.json", run("b", "2"));
    const one = (await measure("a.json", "b.json")).evalSet;
    expect(one?.text).toBeDefined();
    expect((await measure("b.json", "a.json")).evalSet).toEqual(one);
    write("b.json", run("b", "3"));
    expect((await measure("a.json", "b.json")).evalSet).not.toEqual(one);
  });

  it("MLflow's value is the one of the highest step, and the metrics of a deleted run are refused", async () => {
    write("mlruns/0/r/meta.yaml", "lifecycle_stage: active\n");
    write("mlruns/0/r/metrics/val/acc", "1763650860000 0.9 2\n1763650920000 0.5 1\n");
    expect((await measure("mlruns/*/*/metrics/**")).metrics).toMatchObject([{ name: "val/acc", value: 0.9 }]);
    write("mlruns/0/r/meta.yaml", "lifecycle_stage: deleted\nrun_id: r\n");
    expect(await problem("mlruns/*/*/metrics/**")).toMatchObject({
      code: "run-deleted",
      where: { file: "mlruns/0/r/metrics/val/acc" },
    });
  });

  it("FORMAT: before a pattern forces the format, and two that disagree are refused", async () => {
    write("m.json", '{"results": {"t": {"acc,none": 0.5}}}');
    expect((await measure("m.json")).metrics).toMatchObject([{ name: "results.t.acc,none" }]);
    expect((await measure("lm-eval:m.json")).metrics).toMatchObject([{ name: "t.acc", from: { format: "lm-eval" } }]);
    expect((await problem("lm-eval:m.json", "json:*.json"))?.code).toBe("format-conflict");
  });
});
