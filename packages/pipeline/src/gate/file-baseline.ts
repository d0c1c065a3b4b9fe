import type { BaselineLookup, Tried } from "@metricgate/core/ports/baseline-store";
import { chainFiles } from "../chain/folder.ts";
import type { Workspace } from "../ports/workspace.ts";

/** A baseline that is a file of the workspace, with the rows beside it. @throws UserError `file-missing`, `not-a-file`, `outside-workspace` */
export async function fileBaseline(
  path: string,
  model: string,
  before: readonly Tried[],
  workspace: Workspace,
): Promise<BaselineLookup> {
  const rows = path.replace(/[^/]*$/, chainFiles.rows);
  const evaluation = await workspace.read(path);
  const files = { evaluation, ...((await workspace.exists(rows)) ? { rows: await workspace.read(rows) } : {}) };
  const tried = [...before, { from: `file:${path}`, found: "an evaluation" }];
  return { found: true, from: `file:${path}`, files, tried, known: [model] };
}
