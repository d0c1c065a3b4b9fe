import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { minify } from "terser";

/** Medians in milliseconds of whole processes, run in turn, and what the gate loaded. */
export interface GateStart {
  gate: number;
  stub: number;
  ratio: number;
}

/** Times the built `gate` on two local files against a bundle that imports only @actions/core, built the same way. */
export async function gateStart(runs: number): Promise<GateStart> {
  const place = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const stub = await buildStub(place);
    const work = twoFiles(place);
    const gate = resolve("actions/gate/dist/index.js");
    const times: { gate: number[]; stub: number[] } = { gate: [], stub: [] };
    for (let run = -1; run < runs; run += 1) {
      const both = { gate: timed(gate, work, place), stub: timed(stub, work, place) };
      if (run < 0) continue;
      times.gate.push(both.gate);
      times.stub.push(both.stub);
    }
    const [a, b] = [median(times.gate), median(times.stub)];
    return { gate: a, stub: b, ratio: a / b };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function buildStub(place: string): Promise<string> {
  const out = join(place, "stub");
  const ncc = [
    "node_modules/@vercel/ncc/dist/ncc/cli.js",
    "build",
    "test/bench/stub.ts",
    "-o",
    out,
    "--target",
    "es2022",
    "--transpile-only",
  ];
  execFileSync("node", ncc, { stdio: ["ignore", "ignore", "inherit"] });
  for (const name of readdirSync(out).filter((file) => file.endsWith(".js"))) {
    const { code } = await minify(readFileSync(join(out, name), "utf8"), {
      module: true,
      ecma: 2020,
      compress: { passes: 2 },
    });
    writeFileSync(join(out, name), `${code}`);
  }
  return join(out, "index.js");
}

/** Two evaluations of the kind that `evaluate` writes, without rows. */
function twoFiles(place: string): string {
  const work = join(place, "work");
  mkdirSync(work);
  for (const [name, value] of [
    ["candidate", 0.91],
    ["baseline", 0.9],
  ] as const) {
    const metrics = ["accuracy", "f1", "recall", "roc_auc", "log_loss"].map((metric) => ({
      name: metric,
      value,
      stderr: 0.004,
      n: 5000,
    }));
    writeFileSync(
      join(work, `${name}.json`),
      JSON.stringify({ kind: "metricgate/evaluation@1", model: { name: "m" }, source: {}, metrics }),
    );
  }
  cpSync(join(work, "candidate.json"), join(work, "again.json"));
  return work;
}

function timed(entry: string, work: string, place: string): number {
  const files = Object.fromEntries(
    ["OUTPUT", "STATE", "STEP_SUMMARY"].map((name) => [`GITHUB_${name}`, join(place, name)]),
  );
  for (const file of Object.values(files)) writeFileSync(file, "");
  const env = {
    PATH: process.env.PATH,
    HOME: place,
    ...files,
    INPUT_MODEL: "m",
    INPUT_CANDIDATE: "candidate.json",
    INPUT_BASELINE: "baseline.json",
    "INPUT_MAX-DROP": "5%",
  };
  const began = process.hrtime.bigint();
  const done = spawnSync(process.execPath, [entry], { cwd: work, env, encoding: "utf8" });
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  if (done.status !== 0) throw new Error(`${entry} ended with ${done.status}: ${done.stdout}${done.stderr}`);
  return took;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
