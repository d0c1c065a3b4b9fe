import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Tally } from "./tally.ts";

/** What was counted of one setting: in all runs, and in the first ones, which the test repeats. */
export interface Counted {
  all: Tally;
  first: Tally;
}

const path = resolve(import.meta.dirname, "counts.json");

/** The counts of the last full simulation by the setting's id. */
export function readCounts(): Record<string, Counted> {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Keeps the counts of a full simulation. */
export function writeCounts(counts: Record<string, Counted>): void {
  const lines = Object.entries(counts).map(([id, { all, first }]) => {
    return `  ${JSON.stringify(id)}: {\n    "all": ${listed(all)},\n    "first": ${listed(first)}\n  }`;
  });
  writeFileSync(path, `{\n${lines.join(",\n")}\n}\n`);
}

function listed(tally: Tally): string {
  return JSON.stringify(tally).replace(/[:,]/g, "$& ").replace("{", "{ ").replace("}", " }");
}
