import { rmSync, statSync } from "node:fs";
import { openTable } from "@metricgate/formats/tables/open-table";
import type { ColumnUse } from "@metricgate/formats/tables/stored-column";
import { fileSource } from "@metricgate/pipeline/workspace/file-source";
import { askTablePeers } from "./processes.ts";
import { type BenchRow, mib } from "./row.ts";

interface Taken {
  seconds: number;
  /** Of the processor, all threads together: what other work on the machine hardly changes. */
  busy: number;
}

/** The seconds in which the named columns are read, the best of `times`. */
async function secondsOf(path: string, wanted: Readonly<Record<string, ColumnUse>>, times: number): Promise<Taken> {
  let [seconds, busy] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < times; run++) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    const table = await openTable(fileSource(path, path, statSync(path).size));
    await table.read(Object.entries(wanted).map(([name, use]) => [table.columns.indexOf(name), use] as const));
    seconds = Math.min(seconds, (performance.now() - began) / 1000);
    const { user, system } = process.cpuUsage(used);
    busy = Math.min(busy, (user + system) / 1e6);
  }
  return { seconds, busy };
}

/** JSON Lines with ten keys, of which those of an evaluation are read, against Python's json.loads line by line. */
export async function readJsonLines(folder: string): Promise<BenchRow> {
  const path = `${folder}/rows.jsonl`;
  askTablePeers("jsonl", path, "57000000");
  const size = statSync(path).size;
  const { seconds } = await secondsOf(
    path,
    {
      id: "text",
      label: "value",
      prediction: "value",
      score: "number",
      weight: "number",
      country: "category",
    },
    3,
  );
  const peers = Number(askTablePeers("lines", path).out);
  rmSync(path);
  const ratio = seconds / peers;
  const measured = `${seconds.toFixed(2)} s (${(size / seconds / 1e6).toFixed(0)} MB/s), json.loads ${peers.toFixed(2)} s, ratio ${ratio.toFixed(2)}`;
  return { what: `JSON Lines, ${mib(size)}`, measured, budget: "0.6 x Python", holds: ratio <= 0.6 };
}

/** Two of ten columns of a million rows of Parquet against pyarrow. */
export async function readParquetColumns(folder: string): Promise<BenchRow[]> {
  const path = `${folder}/rows.parquet`;
  askTablePeers("parquet", path, "1000000");
  const rows: BenchRow[] = [];
  for (const wanted of [
    { label: "value", v0: "number" },
    { id: "text", v0: "number" },
  ] as const) {
    const { seconds, busy } = await secondsOf(path, wanted, 7);
    const peers = Number(askTablePeers("columns", path, ...Object.keys(wanted)).out);
    const measured = `${seconds.toFixed(2)} s, ${busy.toFixed(2)} s of the processor, pyarrow ${peers.toFixed(2)} s, ratio ${(seconds / peers).toFixed(1)}`;
    rows.push({
      what: `Parquet, ${Object.keys(wanted).join(" and ")} of 10 columns, 1e6 rows`,
      measured,
      budget: "0.4 s (fails above 0.8 of the processor) or 2 x pyarrow",
      holds: busy <= 0.8 || seconds <= 2 * peers,
    });
  }
  rmSync(path);
  return rows;
}
