import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMetrics } from "@metricgate/formats/metric-files/read-metrics";
import { openSqlite } from "@metricgate/formats/sqlite/sqlite-file";
import { memorySource } from "@metricgate/formats/testing/memory-source";
import { problemOf } from "@metricgate/formats/testing/problem-of";
import { measureFiles } from "@metricgate/pipeline/evaluate/measure-files";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const python = process.env.METRICGATE_PYTHON ?? "python3";
const tools = ["tensorboard", "tensorboardX", "mlflow"];
const find = `import importlib.util as i; assert all(map(i.find_spec, "${tools.join(" ")}".split()))`;
const present = spawnSync(python, ["-c", find]).status === 0;
const runs = present || process.env.METRICGATE_REQUIRE_REAL === "1";
if (!runs)
  console.warn(`Binary metric files: ${tools.join(", ")} are missing; pip install -r test/formats/requirements.txt`);

let folder = "";
let said: Record<string, unknown> = {};

const source = (name: string) => memorySource(name, readFileSync(join(folder, name)));

const measure = async (...patterns: string[]) => {
  const found = await measureFiles(patterns, { workspace: await nodeWorkspace(folder) });
  return Object.fromEntries((found?.metrics ?? []).map(({ name, value, undefined: why }) => [name, value ?? why]));
};

describe.runIf(runs)("binary files of metrics that the tools themselves have just written", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "binary-metrics-"));
    const script = fileURLToPath(new URL("binary_metrics.py", import.meta.url));
    const made = spawnSync(python, [script, folder], { encoding: "utf8", maxBuffer: 2 ** 28 });
    if (made.status !== 0) throw new Error(made.stderr);
    said = JSON.parse(made.stdout.slice(made.stdout.indexOf('{"')));
  }, 280_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(["x", "v2"])("an event file (%s) has the last scalars that TensorBoard shows", async (run) => {
    expect(await measure(`${run}/events.*`)).toEqual(said[`tensorboard ${run}`]);
  });

  it("the event files of a run that was started again are one run, which stepped back", async () => {
    const found = await measureFiles(["again/*tfevents*"], { workspace: await nodeWorkspace(folder) });
    expect(found?.metrics.map(({ name, value }) => [name, value])).toEqual([["acc", 1 + 7 / 16]]);
    expect(found?.curves[0]?.points.map(([step, value]) => value - step / 16)).toEqual([0, 0, 0, 0, 0, 1, 1, 1]);
  });

  it("mlflow.db has the metrics that MLflow shows of the run that is named, or of the last one of an experiment", async () => {
    const shown = (run: string) => {
      const metrics = said[`mlflow ${run}`];
      return { ...(typeof metrics === "object" ? metrics : {}), bad: "not-finite", far: "not-finite" };
    };
    expect(await measure("mlflow.db#fraud")).toEqual(shown("second"));
    expect(await measure("mlflow.db#fraud/first")).toEqual(shown("first"));
    expect(await measure(`mlflow.db#${said["mlflow first id"]}`)).toEqual(shown("first"));
    expect(await measure("mlflow.db#other/one")).toEqual(shown("third"));
    expect(await measure("mlflow.db#other/one/third")).toEqual(shown("third"));
    const unclear = await problemOf(() => measure("mlflow.db"));
    expect(unclear.code).toBe("mlflow-run-unclear");
    expect(unclear.next).toContain('"fraud", "other/one"');
    for (const part of ["gone", "open", "other/one/gone", "nobody"])
      expect((await problemOf(() => measure(`mlflow.db#${part}`))).code, part).toBe("mlflow-run-missing");
    const { curves } = await readMetrics(source("mlflow.db"), { part: "first" });
    expect(curves.find(({ name }) => name === "val/accuracy")?.points).toHaveLength(41);
  });

  it.each(["small", "large", "utf16le", "utf16be", "wal"])(
    "a SQLite database (%s) has the rows that SQLite has",
    async (name) => {
      const database = await openSqlite(source(`${name}.db`));
      expect(database.logged).toBe(name === "wal");
      const rows: unknown[] = [];
      for await (const [id, t, f, i, b, n, late] of database.rows('a "b', ["id", "t", "f", "i", "b", "n", "late"])) {
        const hex = b instanceof Uint8Array ? Buffer.from(b).toString("hex").toUpperCase() : "";
        rows.push([id, t, f, typeof i === "bigint" ? String(i) : i, hex, n, late]);
      }
      expect(rows.length).toBeGreaterThan(2500);
      expect(rows).toEqual(said[`sqlite ${name}`]);
    },
  );

  it("a database whose changes stand in its log is refused, with the way to bring them in", async () => {
    const problem = await problemOf(() =>
      readMetrics(source("copy.db"), { format: "mlflow-sqlite", open: async (path) => source(path) }),
    );
    expect(problem.code).toBe("sqlite-unfinished");
    expect(problem.next).toContain("wal_checkpoint");
  });
});
