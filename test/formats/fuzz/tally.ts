import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file that is not read as it should be. */
export interface Wrong {
  path: string;
  bytes: Uint8Array;
  why: string;
}

/** What became of many files. */
export interface Tally {
  read: number;
  refused: number;
  compared: number;
  crashed: number;
  slowest: number;
  codes: Map<string, number>;
  wrong: Wrong[];
}

/** Nothing yet. */
export const newTally = (): Tally => ({
  read: 0,
  refused: 0,
  compared: 0,
  crashed: 0,
  slowest: 0,
  codes: new Map(),
  wrong: [],
});

/** The counts in one line. */
export function tallyLine(kind: string, all: Tally): string {
  const often = [...all.codes].sort((a, b) => b[1] - a[1]).slice(0, 12);
  const refused = `${all.refused} refused (${often.map(([code, n]) => `${code} ${n}`).join(", ")})`;
  const read = `${all.read} read (${all.compared} of them compared with a second reading)`;
  return `${kind}: ${all.read + all.refused} changed files, ${read}, ${refused}; ${all.crashed} crashed, ${all.wrong.length} wrong; slowest ${all.slowest.toFixed(0)} ms`;
}

/** The first files that are wrong, in words; with METRICGATE_FUZZ_KEEP=FOLDER each is kept there as a case for `found/`. */
export function wrongLines({ wrong }: Tally): string[] {
  const keep = process.env.METRICGATE_FUZZ_KEEP;
  if (keep !== undefined)
    for (const [index, { path, bytes }] of wrong.entries()) {
      const file = join(keep, `case-${index}`, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
  return wrong.slice(0, 20).map(({ path, why, bytes }) => `${path}: ${why} ${shown(bytes)}`);
}

function shown(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("utf8");
  const binary = /[\0\ufffd]/.test(text);
  return (binary ? Buffer.from(bytes).toString("base64") : JSON.stringify(text)).slice(0, 600);
}
