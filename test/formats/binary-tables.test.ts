import { spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { textsOf } from "@metricgate/core/tables/text-cells";
import { readPredictions } from "@metricgate/formats/predictions/read-predictions";
import { openTable } from "@metricgate/formats/tables/open-table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const python = process.env.METRICGATE_PYTHON ?? "python3";
const tools = ["pandas", "pyarrow", "polars", "duckdb", "numpy"];
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
