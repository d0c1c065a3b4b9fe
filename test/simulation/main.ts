// Every setting in full, in two processes: `npx tsx test/simulation/main.ts [--write] [PART OF AN ID …]`.
import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { countRuns } from "./count-runs.ts";
import { type Counted, readCounts, writeCounts } from "./counts-file.ts";
import { simulationPage } from "./page.ts";
import { settings } from "./settings.ts";
import { NOTHING, type Tally, together } from "./tally.ts";

interface Job {
  id: string;
  from: number;
  to: number;
}

const CHUNK = 250;

function jobsOf(asked: readonly string[]): Job[] {
  return settings
    .filter(({ id }) => asked.length === 0 || asked.some((part) => id.includes(part)))
    .flatMap(({ id, runs, repeated }) => {
      const size = Math.max(CHUNK, runs / 20);
      const starts = [0];
      for (let from = repeated; from < runs; from += size) starts.push(from);
      return starts.map((from, i) => ({ id, from, to: starts[i + 1] ?? runs }));
    });
}

/** Hands the jobs to a child, one after the other, until none is left. */
function work(child: ChildProcess, jobs: Job[], done: (job: Job, tally: Tally) => void): Promise<void> {
  return new Promise((resolved, reject) => {
    let job: Job | undefined;
    const next = () => {
      job = jobs.shift();
      if (job !== undefined) return child.send(job);
      child.disconnect();
      resolved();
    };
    child.on("message", (tally: Tally) => {
      if (job !== undefined) done(job, tally);
      next();
    });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? undefined : reject(new Error(`a worker ended with ${code}`))));
    next();
  });
}

function answer(): void {
  process.on("message", ({ id, from, to }: Job) => {
    const setting = settings.find((one) => one.id === id);
    if (setting !== undefined) process.send?.(countRuns(setting, from, to));
  });
}

async function main(args: readonly string[]): Promise<void> {
  const jobs = jobsOf(args.filter((arg) => !arg.startsWith("--")));
  const found = new Map<string, Counted>();
  const left = new Map<string, number>();
  for (const { id } of jobs) left.set(id, (left.get(id) ?? 0) + 1);
  const done = ({ id, from }: Job, tally: Tally) => {
    const before = found.get(id) ?? { all: NOTHING, first: NOTHING };
    found.set(id, { all: together(before.all, tally), first: from === 0 ? tally : before.first });
    left.set(id, (left.get(id) ?? 0) - 1);
    if (left.get(id) === 0) console.log(`${id}: ${JSON.stringify(found.get(id)?.all)}`);
  };
  const children = [0, 1].map(() => fork(import.meta.filename, ["--worker"]));
  await Promise.all(children.map((child) => work(child, jobs, done)));
  if (!args.includes("--write")) return;
  const before = args.some((arg) => !arg.startsWith("--")) ? readCounts() : {};
  const counts = { ...before, ...Object.fromEntries(found) };
  const ordered = settings.flatMap(({ id }) => (counts[id] === undefined ? [] : [[id, counts[id]] as const]));
  writeCounts(Object.fromEntries(ordered));
  writeFileSync(resolve(import.meta.dirname, "../../docs/simulations.md"), simulationPage(readCounts()));
}

if (process.argv.includes("--worker")) answer();
else await main(process.argv.slice(2));
