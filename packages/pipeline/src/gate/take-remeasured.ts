import type { BaselineRead } from "@metricgate/core/baselines/to-selection";
import type { Digest } from "@metricgate/core/documents/digest";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { Received } from "@metricgate/core/documents/kinds";
import type { BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { chainFiles } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import { readRowsFiles, writeRowsFiles } from "../chain/rows-files.ts";
import type { GatePorts } from "./gate-ports.ts";

interface Found {
  lookup: BaselineLookup;
  read?: BaselineRead;
}

/**
 * Takes the baseline that `evaluate` measured again in place of the stored one, when that is of other data or gone. It must be of the very
 * commit that was selected (of the base, where no record was found) and of the candidate's eval set; else what was found stays.
 */
export async function takeRemeasured(
  found: Found,
  candidate: Evaluation,
  folder: string,
  { workspace, hashing, change }: GatePorts,
): Promise<Found> {
  const path = `${folder}/${chainFiles.remeasured}`;
  const wanted = candidate.evalSet?.digest;
  if (wanted === undefined || !(await workspace.exists(path))) return found;
  const sha = found.lookup.found ? found.lookup.sha : change.base?.sha;
  const again = await readDocument(workspace, "evaluation", path, hashing);
  const { source, model, evalSet } = again.document;
  const fits =
    sha !== undefined && source.sha === sha && evalSet?.digest === wanted && model.name === candidate.model.name;
  if (!fits || (await storedOn(found, folder, { workspace, hashing })) === wanted) return found;
  return { lookup: asFound(found.lookup, sha, await keep(again, path, folder, workspace)), read: readOf(again, sha) };
}

/** The eval set of the stored baseline, as it was kept in the chain folder. */
async function storedOn(
  { lookup, read }: Found,
  folder: string,
  { workspace, hashing }: Pick<GatePorts, "workspace" | "hashing">,
): Promise<Digest | undefined> {
  if (!lookup.found || read === undefined || "unreadable" in read) return undefined;
  const { document } = await readDocument(workspace, "evaluation", `${folder}/${chainFiles.baseline}`, hashing);
  return document.evalSet?.digest;
}

async function keep(again: Received<"evaluation">, path: string, folder: string, workspace: GatePorts["workspace"]) {
  const evaluation = await workspace.read(path);
  const rows =
    again.document.rows === undefined ? {} : await readRowsFiles(`${folder}/${chainFiles.remeasuredRows}`, workspace);
  await workspace.write(`${folder}/${chainFiles.baseline}`, evaluation);
  await writeRowsFiles(`${folder}/${chainFiles.baselineRows}`, rows, workspace);
  return { evaluation, ...rows };
}

function asFound(
  lookup: BaselineLookup,
  sha: string,
  files: Extract<BaselineLookup, { found: true }>["files"],
): BaselineLookup {
  if (lookup.found) return { ...lookup, files };
  const tried = [...lookup.tried, { from: "remeasured", found: `${sha.slice(0, 7)} was measured again` }];
  return { found: true, from: "base", sha, behind: 0, files, tried, known: lookup.known };
}

function readOf({ document, digest }: Received<"evaluation">, remeasured: string): BaselineRead {
  const { committedAt } = document.source;
  return { evaluation: digest, remeasured, ...(committedAt === undefined ? {} : { committedAt }) };
}
