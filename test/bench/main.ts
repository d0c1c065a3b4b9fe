import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { compareTables } from "./compare-tables.ts";
import { downloadSize } from "./download-size.ts";
import { flatMemory } from "./flat-memory.ts";
import { gateStart } from "./gate-start.ts";
import { manyMetrics } from "./many-metrics.ts";
import { readFullDigits, readLargeTable } from "./read-csv.ts";
import { readJsonLines, readParquetColumns } from "./read-tables.ts";
import type { BenchRow } from "./row.ts";
import { statisticsRows } from "./statistics.ts";

const dist = "packages/bundle/dist";
let failed = 0;

function show({ what, measured, budget, holds }: BenchRow): void {
  row(what, measured, budget, holds);
}

function row(what: string, measured: string, budget: string, holds: boolean): void {
  if (!holds) failed += 1;
  console.log(`${holds ? "ok  " : "OVER"} ${what.padEnd(44)} ${measured.padEnd(34)} budget ${budget}`);
}

/** Prints the rows of the budgets that stand today, and ends with 1 when one is over. */
async function main(): Promise<void> {
  for (const name of readdirSync(dist).sort()) {
    const bytes = readFileSync(join(dist, name));
    console.log(
      `     ${name.padEnd(44)} ${String(bytes.length).padStart(8)} bytes ${String(gzipSync(bytes).length).padStart(8)} gz`,
    );
  }
  const size = downloadSize("HEAD");
  row("download of what users need, gzipped", `${size} bytes`, "900000", size <= 900_000);
  const { gate, stub, ratio } = await gateStart(11);
  row(
    "gate on two local files",
    `${gate.toFixed(0)} ms, stub ${stub.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
    "1.6 x stub (fails above 1.8)",
    ratio <= 1.8,
  );
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    for (const found of compareTables(folder, 3)) show(found);
    for (const found of statisticsRows()) show(found);
    for (const found of readFullDigits(folder)) show(found);
    show(readLargeTable(folder));
    show(flatMemory(folder));
    show(await readJsonLines(folder));
    for (const found of await readParquetColumns(folder)) show(found);
    for (const found of manyMetrics(folder)) show(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
