import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** A whole process, as it ended. */
export interface Ended {
  out: string;
  seconds: number;
  /** Largest resident memory, in bytes; of our own programs only. */
  peak: number;
  /** Seconds of processor time, which other programs on the machine lengthen less than `seconds`; of our own programs and of peers.py. */
  cpu: number;
}

const installed = resolve(".cache/venv/bin/python");
const python = process.env.METRICGATE_PYTHON ?? (existsSync(installed) ? installed : "python3");
const peers = fileURLToPath(new URL("peers.py", import.meta.url));
const cli = resolve("packages/bundle/dist/cli.js");
/** Ends with two lines on stderr: the process's own peak in KiB, and its processor time in microseconds. */
const tellPeak = new URL("tell-peak.mjs", import.meta.url).href;

/** Runs a task of peers.py. @throws Error when it fails, as where pandas or scikit-learn is missing */
export function askPeers(...args: readonly string[]): Ended {
  return ended(python, [peers, ...args], process.cwd());
}

/** Runs a task of table_peers.py. @throws Error when it fails, as where pyarrow is missing */
export function askTablePeers(...args: readonly string[]): Ended {
  return ended(python, [fileURLToPath(new URL("table_peers.py", import.meta.url)), ...args], process.cwd());
}

/** Runs the built command line in a folder. @throws Error on an exit code above 1 */
export function metricgate(folder: string, ...args: readonly string[]): Ended {
  return ended(process.execPath, ["--import", tellPeak, cli, ...args], folder);
}

/** Runs one of our TypeScript files. */
export function script(file: string, ...args: readonly string[]): Ended {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return ended(process.execPath, ["--import", "tsx", "--import", tellPeak, path, ...args], process.cwd());
}

function ended(command: string, args: readonly string[], cwd: string): Ended {
  const began = process.hrtime.bigint();
  const done = spawnSync(command, [...args], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (done.status === null || done.status > 1 || (done.status === 1 && command === python))
    throw new Error(`${command} ${args.join(" ")} ended with ${done.status}: ${done.stderr}`);
  const peaks = [...done.stderr.matchAll(/^peak (\d+)$/gm)].map(([, kib]) => Number(kib) * 1024);
  const used = [...done.stderr.matchAll(/^cpu (\d+)$/gm)].map(([, microseconds]) => Number(microseconds) / 1e6);
  return { out: done.stdout, seconds, peak: Math.max(0, ...peaks), cpu: Math.max(0, ...used) };
}

/** The middle of an odd count of measurements. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
