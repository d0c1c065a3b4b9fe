import { extname } from "node:path";
import type { Changed } from "./judge-metrics.ts";
import { attempt, hangLimit, type Row, rowsOf } from "./read-both-ways.ts";
import { askPython } from "./second-reader.ts";
import type { Tally } from "./tally.ts";

const readers: Readonly<Record<string, string>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".jsonl": "jsonl",
  ".parquet": "parquet",
};

/** Reads each prediction table, and holds its rows against Python's, or where Python refuses it against those before the change. */
export async function judgeTables(files: Iterable<Changed>, all: Tally): Promise<void> {
  const asked: (Changed & { as: string; ours: Row[] })[] = [];
  for (const changed of files) {
    const { path, bytes } = changed;
    const { outcome, took } = await attempt(() => rowsOf(path, bytes));
    all.slowest = Math.max(all.slowest, took);
    if (took > hangLimit) all.wrong.push({ path, bytes, why: `took ${took} ms` });
    if ("crashed" in outcome) {
      all.crashed += 1;
      all.wrong.push({ path, bytes, why: outcome.crashed });
    } else if ("refused" in outcome) {
      all.refused += 1;
      all.codes.set(outcome.refused, (all.codes.get(outcome.refused) ?? 0) + 1);
    } else {
      all.read += 1;
      asked.push({ ...changed, as: readers[extname(path)] ?? "numpy", ours: outcome.read });
    }
  }
  const said = askPython(asked);
  for (const [index, { path, bytes, before, ours }] of asked.entries()) {
    const { read, refused = "" } = said[index] ?? {};
    all.compared += 1;
    const theirs: Row[] = Array.isArray(read)
      ? read
      : before === undefined
        ? []
        : (await rowsOf(path, before)).map(renamed);
    const found = rowDifference(ours, theirs);
    if (found !== undefined) all.wrong.push({ path, bytes, why: `${refused} ${found}` });
  }
}

/** A row of ours under Python's names. */
const renamed = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name.replace(/^slice:/, ""), value.replace(/\r(?!\n)/g, "\u240d")]),
  );

/** Rows are equal when the ids are, and each cell as a number where both are one, as text elsewhere. */
function rowDifference(ours: readonly Row[], theirs: readonly Row[]): string | undefined {
  if (ours.length !== theirs.length) return `${ours.length} rows, elsewhere ${theirs.length}`;
  const byId = new Map(theirs.map((row) => [row.id ?? "", row]));
  for (const row of ours.map(renamed)) {
    const other = byId.get(row.id ?? "");
    if (other === undefined) return `row ${row.id} is absent elsewhere`;
    for (const [name, value] of Object.entries(row)) {
      // Made from the score, not read.
      if (name === "prediction") continue;
      const cell = other[name] ?? "";
      if (value !== cell && (value === "" || Number(value) !== Number(cell)))
        return `${name} of ${row.id}: ${value}, elsewhere ${cell}`;
    }
  }
  return undefined;
}
