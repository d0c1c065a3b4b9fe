import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";

/** Gives a thread that runs the script of the program's threads. */
export type ThreadStarter = () => Worker;

/** Files from this size on are read by a second thread. */
const large = 4_000_000;

/**
 * A starter whose first thread loads its code at once, beside this one, when the words of the command line name two large files.
 * Which threads run never changes a result: a thread that nobody asks for ends with the program.
 */
export function threadStarter(script: URL, words: readonly string[], folder: string): ThreadStarter {
  let ready = words.filter((word) => isLarge(resolve(folder, word))).length > 1 ? new Worker(script) : undefined;
  ready?.unref();
  return () => {
    const thread = ready ?? new Worker(script);
    ready = undefined;
    thread.ref();
    return thread;
  };
}

function isLarge(path: string): boolean {
  // What a `.json` file holds is read here: metrics, or an evaluation.
  if (path.endsWith(".json")) return false;
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > large;
}
