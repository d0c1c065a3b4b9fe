import { Worker } from "node:worker_threads";
import { type Problem, userErrorOf } from "@metricgate/core/errors/user-error";
import type { MeasuredTable } from "@metricgate/pipeline/compare/measure-table";
import type { Parallel } from "@metricgate/pipeline/ports/parallel";

type Answer = { table: MeasuredTable } | { problems: Problem[]; known: boolean; text: string };

/** Threads that run the script at `url`, which calls `work`. Each measures one table of the folder and ends. */
export function threads(url: URL, folder: string): Parallel {
  return {
    measureTable: (asked) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(url, { workerData: { folder, asked } });
        worker.once("error", reject);
        worker.once("exit", (code) => {
          reject(new Error(`a thread ended with ${code} and without a result`));
        });
        worker.once("message", (answer: Answer) => {
          if ("table" in answer) resolve(answer.table);
          else reject(answer.known ? userErrorOf(answer.problems) : new Error(answer.text));
          void worker.terminate();
        });
      }),
  };
}
