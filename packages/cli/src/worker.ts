import { parentPort } from "node:worker_threads";
import { failureOf } from "@metricgate/core/errors/failure";
import { measureTable, type TableRequest } from "@metricgate/pipeline/compare/measure-table";
import { hashing } from "@metricgate/pipeline/workspace/hashing";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { buffersOf } from "./local/buffers-of.ts";

/** What a thread is asked for. */
export interface ThreadTask {
  folder: string;
  asked: TableRequest;
}

/** The work of a thread: waits for its task, measures one table and hands the result over, or says what was wrong with it. */
export async function work(): Promise<void> {
  const { folder, asked } = await new Promise<ThreadTask>((resolve) => {
    parentPort?.once("message", resolve);
  });
  try {
    const workspace = await nodeWorkspace(folder, "allow");
    const table = await measureTable(asked, { workspace, hashing });
    parentPort?.postMessage({ table }, buffersOf(table));
  } catch (thrown) {
    const { problems, exitCode } = failureOf(thrown);
    parentPort?.postMessage({ problems, known: exitCode === 2, text: String(thrown) });
  }
}
