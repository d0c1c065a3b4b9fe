import type { Worker } from "node:worker_threads";
import type { PartReader, ReadPart, TablePart } from "@metricgate/formats/tables/csv-parts";
import { largeFile } from "@metricgate/formats/tables/large-file";
import type { Workspace } from "../ports/workspace.ts";

/** A part of a table that a thread is asked for: the folder that its path starts from, and whether it may lead out of it. */
export interface PartTask {
  folder: string;
  outside: "refuse" | "allow";
  part: TablePart;
}

/** What the thread answers. */
export interface PartAnswer {
  part: ReadPart | undefined;
}

/**
 * Reads parts of the tables of one folder in one other thread, which is started for the first and waits for the next.
 * It gives nothing when the thread cannot read the part, or ends.
 * @param start gives a thread whose script answers a `PartTask` with a `PartAnswer`
 */
export function partThread(start: () => Worker, folder: string, outside: PartTask["outside"]): PartReader {
  let thread: Worker | undefined;
  let answered: ((part: ReadPart | undefined) => void) | undefined;
  const started = (): Worker => {
    const fresh = start();
    const gone = (): void => {
      if (thread !== fresh) return;
      thread = undefined;
      answered?.(undefined);
    };
    fresh.on("error", gone);
    fresh.on("exit", gone);
    fresh.on("message", ({ part }: PartAnswer) => {
      answered?.(part);
    });
    return fresh;
  };
  const readPart: PartReader["readPart"] = (part, stop) =>
    new Promise((resolve) => {
      // One part at a time: whoever asks meanwhile reads alone.
      if (answered !== undefined) {
        resolve(undefined);
        return;
      }
      const used = thread ?? started();
      thread = used;
      // While nothing is asked of it, it ends with the program.
      used.ref();
      const end = (): void => void used.terminate();
      answered = (read) => {
        answered = undefined;
        stop.removeEventListener("abort", end);
        used.unref();
        resolve(read);
      };
      stop.addEventListener("abort", end);
      const task: PartTask = { folder, outside, part };
      used.postMessage(task);
    });
  return { readPart, worthFrom: () => (thread === undefined ? largeFile.toStart : largeFile.toAsk) };
}

/** A workspace whose large tables two threads read, where there is a second. */
export function withPartThread(
  workspace: Workspace,
  start: (() => Worker) | undefined,
  outside: PartTask["outside"],
): Workspace {
  return start === undefined ? workspace : { ...workspace, otherThread: partThread(start, workspace.root, outside) };
}
