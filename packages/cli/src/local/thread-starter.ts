import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { largeFile } from "@metricgate/formats/tables/large-file";
import type { ThreadWork } from "../worker.ts";

/** Gives a thread that runs the script of the program's threads. */
export type ThreadStarter = () => Worker;

/** What a verb leaves to a second thread: one of two tables from a size on, or half of one in plain text. */
const uses = {
  // What a `.json` file holds is read here: metrics, or an evaluation.
  compare: { work: "measure", files: 2, size: 4_000_000, form: /(?<!\.json)$/ },
  evaluate: { work: "read", files: 1, size: largeFile.toStart - 1, form: /\.(csv|tsv|txt)$/i },
} as const satisfies Record<string, { work: ThreadWork; files: number; size: number; form: RegExp }>;

/** A verb that has a use for a second thread. */
export type ThreadedVerb = keyof typeof uses;

/**
 * A starter whose first thread loads its code at once, beside this one, when the command line names files that are worth it.
 * Which threads run never changes a result: a thread that nobody asks for ends with the program.
 */
export function threadStarter(
  script: URL,
  verb: ThreadedVerb,
  words: readonly string[],
  folder: string,
): ThreadStarter {
  const { work, files, size, form } = uses[verb];
  const start = (): Worker => new Worker(script, { workerData: work });
  const named = words.map((word) => word.replace(/^--[\w-]+=/, "")).filter((word) => form.test(word));
  const early = named.filter((word) => isLarge(resolve(folder, word), size)).length >= files;
  let ready = early ? start() : undefined;
  ready?.unref();
  return () => {
    const thread = ready ?? start();
    ready = undefined;
    thread.ref();
    return thread;
  };
}

function isLarge(path: string, size: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > size;
}
