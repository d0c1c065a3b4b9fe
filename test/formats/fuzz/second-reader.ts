import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const python = process.env.METRICGATE_PYTHON ?? "python3";
const packages = "import duckdb, numpy, polars, pyarrow.parquet, ruamel.yaml, tomllib";

/** What is missing for Python's readers; undefined where they are there. */
export const missingReaders: string | undefined =
  spawnSync(python, ["-c", packages]).status === 0
    ? undefined
    : "Changed files read a second time: pyarrow, duckdb, polars, numpy or ruamel.yaml are missing; pip install -r test/formats/requirements.txt";

/** What Python says of one file. */
export interface Said {
  read?: unknown;
  refused?: string;
}

/** What Python's readers say of files, in their order. */
export function askPython(asked: readonly { bytes: Uint8Array; as: string; path: string }[]): Said[] {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    const list = asked.map(({ bytes, as, path }, index) => {
      mkdirSync(join(folder, String(index)));
      const file = join(String(index), basename(path));
      writeFileSync(join(folder, file), bytes);
      return { file, as };
    });
    writeFileSync(join(folder, "asked.json"), JSON.stringify(list));
    return JSON.parse(ran("independent.py", folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Has Python write a small prediction table in every form into a folder. */
export function writeTables(folder: string): void {
  ran("table_seeds.py", folder);
}

function ran(script: string, folder: string): string {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const done = spawnSync(python, [file, folder], { encoding: "utf8", maxBuffer: 2 ** 28, timeout: 120_000 });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}
