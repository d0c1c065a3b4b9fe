import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { downloadSize } from "./download-size.ts";
import { gateStart } from "./gate-start.ts";

const dist = "packages/bundle/dist";
let failed = 0;

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
  row("download of what users need, gzipped", `${size} bytes`, "800000", size <= 800_000);
  const { gate, stub, ratio } = await gateStart(11);
  row(
    "gate on two local files",
    `${gate.toFixed(0)} ms, stub ${stub.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
    "1.6 x stub",
    ratio <= 1.6,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
