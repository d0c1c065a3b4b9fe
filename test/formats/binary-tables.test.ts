import { spawnSync } from "node:child_process";
import {
  createReadStream,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { textsOf } from "@metricgate/core/tables/text-cells";
import { readPredictions } from "@metricgate/formats/predictions/read-predictions";
import { openTable } from "@metricgate/formats/tables/open-table";
import { evaluate } from "@metricgate/pipeline/evaluate/evaluate";
import { hashing } from "@metricgate/pipeline/workspace/hashing";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const python = process.env.METRICGATE_PYTHON ?? "python3";
const tools = ["pandas", "pyarrow", "polars", "duckdb", "numpy", "sklearn"];
const present = spawnSync(python, ["-c", `import ${tools.join(", ")}`]).status === 0;
const runs = present || process.env.METRICGATE_REQUIRE_REAL === "1";
if (!runs)
  console.warn(`Tables by real tools: ${tools.join(", ")} are missing; pip install -r test/formats/requirements.txt`);

const rows = 3000;
let folder = "";

function fileSource(path: string): ByteSource {
  const { size } = statSync(path);
  const file = openSync(path, "r");
  return {
    name: path.slice(folder.length + 1),
    size,
    async slice(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
    },
    stream: () => createReadStream(path, { highWaterMark: 100_003 }),
  };
}

const choice = { slices: ["country", "tier"], weight: "weight", task: "classification" } as const;

async function evaluationOf(name: string): Promise<Record<string, unknown>> {
  const { rows: table, task } = await readPredictions(fileSource(join(folder, name)), choice);
  const columns = [...table.columns].map(([column, { ...kept }]) => [column, kept]);
  return { count: table.count, ids: textsOf(table.ids), columns: Object.fromEntries(columns), task };
}

describe.runIf(runs)("a table of predictions", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tables-"));
    const script = fileURLToPath(new URL("binary_tables.py", import.meta.url));
    const made = spawnSync(python, [script, folder, String(rows)], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(made.stderr);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("gives the same rows to the last bit whatever tool and form wrote it", async () => {
    const expected = await evaluationOf("python.jsonl");
    expect(expected.count).toBe(rows);
    const names = readdirSync(folder).filter((name) => name !== "types.parquet");
    expect(names.length).toBe(30);
    for (const name of names.sort()) {
      const found = await evaluationOf(name);
      // pandas writes 15 decimals of doubles in JSON, which is not all of them.
      if (!name.startsWith("pandas.json")) expect(found, name).toEqual(expected);
      else expect(found.ids, name).toEqual(expected.ids);
    }
  });

  it("has exact texts for dates, decimals, booleans and whole numbers of any size, and empty ones for missing values", async () => {
    const table = await openTable(fileSource(join(folder, "types.parquet")));
    const read = await table.read(table.columns.map((_, column) => [column, "text"] as const));
    const texts = Object.fromEntries(table.columns.map((name, column) => [name, textsOf(read.texts(column))]));
    expect(texts).toEqual({
      id: ["2023-11-14T22:13:20.123456", "2023-11-14T22:13:20", "1969-12-31T23:59:59.999999"],
      utc: ["2023-11-14T22:13:20.123Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.001Z"],
      day: ["1970-01-01", "2022-01-08", "1969-12-31"],
      price: ["12345.00", "-5.00", "0.00"],
      flag: ["true", "", "false"],
      half: ["0.5", "1.5", "65504.0"],
      single: [String(Math.fround(0.1)), "2.5", "-0.0"],
      long: ["18446744073709551615", "9223372036854775808", "0"],
      time: ["01:00:00.000001", "00:00:00", "00:00:00.000001"],
      tags: ['["a","b"]', "[]", ""],
      "pair:x": ["1.5", "", ""],
      "pair:y": ["2", "3", ""],
      name: ["a", "", "é"],
      label: ["0", "1", ""],
    });
  });
});

/** The evaluation document of the file `table` in a folder, as it is written. */
async function documentOf(path: string, kind: string): Promise<string> {
  const ports = {
    workspace: await nodeWorkspace(path),
    hashing,
    messages: { info: () => undefined, warn: () => undefined },
    change: { event: "local", recordsBaseline: false },
    engine: { name: "none", run: () => Promise.reject(new Error("nothing is run here")) },
  };
  const result = await evaluate(
    { model: "m", policy: ".github/metricgate.yml", predictions: "table", ...asked[kind] },
    ports,
  );
  return readFileSync(join(path, result.files[0] ?? ""), "utf8");
}

/** The slices of the kinds of tables that have any. */
const asked: Record<string, { slices: string[] }> = {
  regression: { slices: ["day"] },
  missing: { slices: ["country", "tier"] },
};

describe.runIf(runs)("an evaluation", () => {
  let made = "";
  beforeAll(() => {
    made = mkdtempSync(join(tmpdir(), "same-"));
    const script = fileURLToPath(new URL("same_tables.py", import.meta.url));
    const done = spawnSync(python, [script, made, "400"], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(done.stderr);
  });
  afterAll(() => rmSync(made, { recursive: true }));

  it.each([
    ["binary", 19],
    ["flags", 19],
    ["several", 33],
    ["categories", 19],
    ["regression", 19],
    ["missing", 19],
    ["multilabel", 33],
    ["names", 15],
  ])(
    "of %s is the same bytes whatever tool and form wrote its table, and scikit-learn's values",
    async (kind, count) => {
      const forms = readdirSync(join(made, kind)).filter((name) => name !== "expected.json");
      expect(forms).toHaveLength(count);
      const first = await documentOf(join(made, kind, "python-jsonl"), kind);
      const differing: string[] = [];
      for (const form of forms) if ((await documentOf(join(made, kind, form), kind)) !== first) differing.push(form);
      expect(differing).toEqual([]);
      const { metrics, rows } = JSON.parse(first);
      expect(rows).toMatchObject({ count: 400, digest: expect.stringMatching(/^sha256:/) });
      const expected: unknown = JSON.parse(readFileSync(join(made, kind, "expected.json"), "utf8"));
      for (const [name, value] of Object.entries(Object(expected))) {
        const found = metrics.find(
          (metric: { name: string; slice?: unknown }) => metric.name === name && !metric.slice,
        );
        expect(found?.value, name).toBeCloseTo(Number(value), 12);
      }
    },
  );
});
