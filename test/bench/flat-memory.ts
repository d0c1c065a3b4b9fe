import { closeSync, copyFileSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { script } from "./processes.ts";
import { type BenchRow, mib } from "./row.ts";

/** What is kept of a row by read-columns.ts: an id of nine bytes with its offset, a code and a double. */
const keptBytes = 9 + 4 + 4 + 8;

/**
 * Whether the memory in which three of ten columns are read depends on the file or on what is kept of it: the growth from a file to one
 * three times as long. The whole gigabyte is read with METRICGATE_BENCH_FULL=1, by `readLargeTable`.
 */
export function flatMemory(folder: string): BenchRow {
  const once = `${folder}/wide.csv`;
  const path = `${folder}/three.csv`;
  copyFileSync(once, path);
  const text = readFileSync(once);
  const rowsAt = text.indexOf(10) + 1;
  const file = openSync(path, "a");
  for (let copy = 0; copy < 2; copy++) writeSync(file, text, rowsAt);
  closeSync(file);
  const [small, large] = [script("read-columns.ts", once), script("read-columns.ts", path)];
  const perRow = (large.peak - small.peak) / (Number(large.out) - Number(small.out));
  const measured = `${mib(small.peak)} for ${mib(statSync(once).size)}, ${mib(large.peak)} for ${mib(statSync(path).size)}: ${perRow.toFixed(0)} bytes a row`;
  rmSync(path);
  const budget = `${2 * keptBytes} a row (${keptBytes} are kept)`;
  return { what: "3 of 10 columns of CSV: growth of memory", measured, budget, holds: perRow <= 2 * keptBytes };
}
