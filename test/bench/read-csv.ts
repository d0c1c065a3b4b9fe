import { closeSync, copyFileSync, openSync, readFileSync, statSync, truncateSync, writeSync } from "node:fs";
import { askPeers, script } from "./processes.ts";
import { type BenchRow, mib } from "./row.ts";

/** So many that `evaluate` reads them by two threads, and five million of their eight columns are doubles. */
const rows = "860000";
/** Of which the best counts, here and with pandas. */
const runs = "7";

/** A table of doubles with all their digits, read by two threads as `evaluate` does once its second one runs: its time against pandas' default parser, and whether each double is exact. */
export function readFullDigits(folder: string): BenchRow[] {
  const path = `${folder}/wide.csv`;
  askPeers("wide", path, rows);
  const told = (out: string) => out.trim().split(" ").map(Number);
  const [seconds = 0, used = 0, doubles = 0, differing = -1] = told(script("read-doubles.ts", path, runs).out);
  const [peers = 0, theirUse = 0] = told(askPeers("read", path, runs).out);
  const size = statSync(path).size;
  const ratio = (ours: number, theirs: number) =>
    `${ours.toFixed(2)} s, pandas ${theirs.toFixed(2)} s, ratio ${(ours / theirs).toFixed(2)}`;
  return [
    {
      what: `CSV of full digits, ${mib(size)}`,
      measured: ratio(seconds, peers),
      budget: "1 x pandas (fails above 1.6)",
      holds: seconds <= 1.6 * peers,
    },
    {
      what: "its processor time",
      measured: ratio(used, theirUse),
      budget: "1 x pandas (fails above 1.6)",
      holds: used <= 1.6 * theirUse,
    },
    {
      what: "doubles that are not those of Python",
      measured: `${differing} of ${doubles}`,
      budget: "0",
      holds: differing === 0 && doubles > 5e6,
    },
  ];
}

/** Three of ten columns of a table that is larger than what may be in memory, in a process of its own. */
export function readLargeTable(folder: string): BenchRow {
  const size = process.env.METRICGATE_BENCH_FULL === "1" ? 1e9 : 3e8;
  const path = `${folder}/large.csv`;
  copyFileSync(`${folder}/wide.csv`, path);
  const rows = readFileSync(path);
  const from = rows.indexOf(10) + 1;
  const file = openSync(path, "a");
  for (let written = rows.length; written < size; written += rows.length - from) writeSync(file, rows, from);
  closeSync(file);
  // The first run of a script also translates it, which takes memory of its own.
  script("read-columns.ts", `${folder}/wide.csv`);
  const done = script("read-columns.ts", path);
  const measured = `${mib(done.peak)} for ${mib(statSync(path).size)}, ${done.seconds.toFixed(1)} s, ${done.out.trim()} rows`;
  truncateSync(path);
  return { what: "3 of 10 columns of a large CSV: memory", measured, budget: "300 MB", holds: done.peak <= 3e8 };
}
