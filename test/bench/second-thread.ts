import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { PartReader } from "@metricgate/formats/tables/csv-parts";
import { largeFile } from "@metricgate/formats/tables/large-file";
import { partThread } from "@metricgate/pipeline/workspace/part-thread";

const built = resolve("packages/bundle/dist/worker.js");

/** The built program's second thread, which reads parts of the tables of a folder as `evaluate` has it do. */
export interface SecondThread {
  other: PartReader;
  /** @throws Error when it has not read one part for each of that many tables, so that one thread was measured */
  check(tables: number): void;
}

/** Starts it with the first part. */
export function secondThread(folder: string): SecondThread {
  // Without what this process runs TypeScript with.
  const thread = partThread(() => new Worker(built, { workerData: "read", execArgv: [] }), folder, "refuse");
  let parts = 0;
  return {
    other: {
      // As of a thread that runs already.
      worthFrom: () => largeFile.toAsk,
      async readPart(part, stop) {
        const found = await thread.readPart(part, stop);
        if (found !== undefined) parts++;
        return found;
      },
    },
    check(tables) {
      if (parts !== tables) throw new Error(`${built} has read ${parts} parts of ${tables} tables: build it again`);
    },
  };
}
