import type { BaselineLookup, Tried } from "@metricgate/core/ports/baseline-store";
import { readRowsFiles, rowsBeside } from "../chain/rows-files.ts";
import type { Workspace } from "../ports/workspace.ts";

/** A baseline that is a file of the workspace, with the rows beside it. @throws UserError `file-missing`, `not-a-file`, `outside-workspace` */
export async function fileBaseline(
  path: string,
  model: string,
  before: readonly Tried[],
  workspace: Workspace,
): Promise<BaselineLookup> {
  const evaluation = await workspace.read(path);
  const files = { evaluation, ...(await readRowsFiles(await rowsBeside(path, workspace), workspace)) };
  const tried = [...before, { from: `file:${path}`, found: "an evaluation" }];
  return { found: true, from: `file:${path}`, files, tried, known: [model] };
}
