// Every setting in full, in two processes: `npx tsx test/simulation/main.ts [PART OF AN ID …]`. Keeps the counts of each setting as soon
// as it is done, then writes the page of all of them; with `--page` only the page, from the counts that are there.
import { type ChildProcess, fork } from "node:child_process";
import { countRuns } from "./count-runs.ts";
import { type Counted, readCounts, writeCounts } from "./counts-file.ts";
import { writePage } from "./page-file.ts";
import { settings } from "./settings.ts";
import { NOTHING, type Tally, together } from "./tally.ts";

interface Job {
  id: string;
  from: number;
  to: number;
}

/** The first runs of a setting, which the test repeats, are one job; the others are at most 21. */
function jobsOf(asked: readonly string[]): Job[] {
  return settings
    .filter(({ id }) => asked.length === 0 || asked.some((part) => id.includes(part)))
    .flatMap(({ id, runs, repeated }) => {
      const starts = [0];
      for (let from = repeated; from < runs; from += Math.ceil(runs / 20)) starts.push(from);
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

/** In the order of the settings; those that are no more are left out. */
function keep(id: string, counted: Counted): void {
  const counts: Record<string, Counted> = { ...readCounts(), [id]: counted };
  const ordered = settings.flatMap(({ id }) => (counts[id] === undefined ? [] : [[id, counts[id]] as const]));
  writeCounts(Object.fromEntries(ordered));
}

async function main(asked: readonly string[]): Promise<void> {
  const start = performance.now();
  const jobs = jobsOf(asked);
  const found = new Map<string, Counted>();
  const left = new Map<string, number>();
  for (const { id } of jobs) left.set(id, (left.get(id) ?? 0) + 1);
  const done = ({ id, from }: Job, tally: Tally) => {
    const before = found.get(id) ?? { all: NOTHING, first: NOTHING };
    const now = { all: together(before.all, tally), first: from === 0 ? tally : before.first };
    found.set(id, now);
    left.set(id, (left.get(id) ?? 0) - 1);
    if (left.get(id) !== 0) return;
    keep(id, now);
    console.log(`${Math.round((performance.now() - start) / 1000)} s  ${id}: ${JSON.stringify(now.all)}`);
  };
  const children = [0, 1].map(() => fork(import.meta.filename, ["--worker"]));
  await Promise.all(children.map((child) => work(child, jobs, done)));
  writePage(readCounts());
}

if (process.argv.includes("--worker")) answer();
else if (process.argv.includes("--page")) writePage(readCounts());
else await main(process.argv.slice(2));
