import { closeSync, copyFileSync, openSync, readFileSync, statSync, truncateSync, writeSync } from "node:fs";
import { openTable } from "@metricgate/formats/tables/open-table";
import { fileSource } from "@metricgate/pipeline/workspace/file-source";
import { askPeers, script } from "./processes.ts";
import { type BenchRow, mib } from "./row.ts";
import { secondThread } from "./second-thread.ts";

const columns = 8;
/** So many that `evaluate` reads them by two threads, and five million of them are doubles. */
const rows = 860_000;
/** Of which the best counts, here and with pandas. */
const runs = 7;

/** A table of doubles with all their digits, read by two threads as `evaluate` does once its second one runs: its time against pandas' default parser, and whether each double is exact. */
export async function readFullDigits(folder: string): Promise<BenchRow[]> {
  const path = `${folder}/wide.csv`;
  askPeers("wide", path, String(rows));
  let [seconds, used] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let differing = 0;
  // Warm from the second run on, as the threads of pandas are.
  const thread = secondThread(folder);
  for (let run = 0; run < runs; run++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    const table = await openTable(fileSource("wide.csv", path, statSync(path).size), thread.other);
    const read = await table.read([
      [0, "text"],
      [1, "value"],
      ...Array.from({ length: columns }, (_, k) => [k + 2, "number"] as const),
    ]);
    const { user, system } = process.cpuUsage(before);
    seconds = Math.min(seconds, (performance.now() - began) / 1000);
    used = Math.min(used, (user + system) / 1e6);
    differing = differ(readFileSync(`${path}.doubles`), (k) => read.numbers(k + 2, "number"));
  }
  thread.check(runs);
  const [peers = 0, theirUse = 0] = askPeers("read", path, String(runs)).out.trim().split(" ").map(Number);
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
      measured: `${differing} of ${rows * columns}`,
      budget: "0",
      holds: differing === 0,
    },
  ];
}

function differ(expected: Buffer, columnOf: (column: number) => Float64Array): number {
  const rows = expected.length / 8 / columns;
  let differing = 0;
  for (let k = 0; k < columns; k++) {
    const values = columnOf(k);
    for (let row = 0; row < rows; row++)
      if (!Object.is(values[row], expected.readDoubleLE((k * rows + row) * 8))) differing++;
  }
  return differing;
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
