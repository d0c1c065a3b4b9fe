import { type MeasuredTable, measureTable, type TableRequest } from "@metricgate/pipeline/compare/measure-table";
import { hashing } from "@metricgate/pipeline/workspace/hashing";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";

/** Measures a table of a folder, in a thread. @throws UserError as `measureTable` */
export async function measureAsked(task: {
  folder: string;
  asked: TableRequest;
}): Promise<{ table: MeasuredTable | undefined }> {
  const workspace = await nodeWorkspace(task.folder, "allow");
  return { table: await measureTable(task.asked, { workspace, hashing }) };
}
