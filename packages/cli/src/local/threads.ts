import { type Problem, userErrorOf } from "@metricgate/core/errors/user-error";
import type { MeasuredTable } from "@metricgate/pipeline/compare/measure-table";
import type { Parallel } from "@metricgate/pipeline/ports/parallel";
import type { ThreadTask } from "../worker.ts";
import type { ThreadStarter } from "./thread-starter.ts";

type Answer = { table: MeasuredTable } | { problems: Problem[]; known: boolean; text: string };

/** Threads whose script calls `work`. Each measures one table of the folder and ends. */
export function threads(start: ThreadStarter, folder: string): Parallel {
  return {
    measureTable: (asked) =>
      new Promise((resolve, reject) => {
        const worker = start();
        worker.once("error", reject);
        worker.once("exit", (code) => {
          reject(new Error(`a thread ended with ${code} and without a result`));
        });
        worker.once("message", (answer: Answer) => {
          if ("table" in answer) resolve(answer.table);
          else reject(answer.known ? userErrorOf(answer.problems) : new Error(answer.text));
          void worker.terminate();
        });
        const task: ThreadTask = { folder, asked };
        worker.postMessage(task);
      }),
  };
}
