import { chainFiles, chainFolder } from "../chain/folder.ts";
import type { Workspace } from "../ports/workspace.ts";
import type { GateRequest } from "./gate-ports.ts";

/**
 * Removes the verdict of an earlier try from the work folder before anything is read, so that none lies there when this try has none.
 * A candidate from elsewhere tells its model only when it was read: see `select`.
 */
export async function forgetVerdict(request: GateRequest, workspace: Workspace): Promise<void> {
  for (const folder of await folders(request, workspace)) await workspace.remove(`${folder}/${chainFiles.verdict}`);
}

async function folders({ model, candidate }: GateRequest, workspace: Workspace): Promise<string[]> {
  if (model !== undefined) return /^[\w.-]+$/.test(model) ? [chainFolder(model)] : [];
  const evaluations =
    candidate === undefined ? await workspace.find([`.metricgate/*/${chainFiles.evaluation}`]) : [candidate];
  const [only] = evaluations.map((path) => /^(?:\.\/)?(\.metricgate\/[^/]+)\/[^/]+$/.exec(path)?.[1]);
  return only === undefined || evaluations.length > 1 ? [] : [only];
}
