import { parentPort, workerData } from "node:worker_threads";
import { failureOf } from "@metricgate/core/errors/failure";
import type { TableRequest } from "@metricgate/pipeline/compare/measure-table";
import type { PartTask } from "@metricgate/pipeline/workspace/part-thread";
import { buffersOf } from "./local/buffers-of.ts";

/** What a thread is asked for: to measure a whole table, or to read a part of one. */
export type ThreadTask = { folder: string; asked: TableRequest } | PartTask;

/** What a thread will be asked for, so that it loads that at once. */
export type ThreadWork = "measure" | "read";

/** A part is read without what measures a table, which is several times as large. */
const code = {
  measure: () => import("./measure-asked.ts"),
  read: () => import("@metricgate/pipeline/workspace/answer-part"),
};

/** The work of a thread: does task after task and hands each result over, or says what was wrong with it. */
export async function work(): Promise<void> {
  parentPort?.on("message", (task: ThreadTask) => {
    void answerOf(task).then((answer) => {
      parentPort?.postMessage(answer, buffersOf(answer));
    });
  });
  const expected: ThreadWork = workerData;
  await code[expected]();
}

async function answerOf(task: ThreadTask): Promise<object> {
  try {
    if ("part" in task) return await (await code.read()).answerPart(task);
    return await (await code.measure()).measureAsked(task);
  } catch (thrown) {
    const { problems, exitCode } = failureOf(thrown);
    return { problems, known: exitCode === 2, text: String(thrown) };
  }
}
