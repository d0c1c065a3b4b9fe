import { type BaselineRead, toSelection } from "@metricgate/core/baselines/to-selection";
import type { Attempt } from "@metricgate/core/documents/selection";
import { UserError } from "@metricgate/core/errors/user-error";
import type { BaselineFrom, BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { chainFiles, chainFolder, earlierFile } from "../chain/folder.ts";
import { receiveBytes } from "../chain/read-document.ts";
import { writeRowsFiles } from "../chain/rows-files.ts";
import { writeDocument } from "../chain/write-document.ts";
import { fileBaseline } from "./file-baseline.ts";
import { findCandidate } from "./find-candidate.ts";
import { findPolicy } from "./find-policy.ts";
import type { GatePorts, GateRequest } from "./gate-ports.ts";
import { forgetVerdict } from "./old-verdict.ts";
import { sideOf } from "./read-side.ts";

/** Finds candidate, policy and baseline, and writes them with the selection into the chain folder, which it returns. */
export async function select(request: GateRequest, ports: GatePorts): Promise<string> {
  const { workspace, hashing, change } = ports;
  await forgetVerdict(request, workspace);
  const { model, candidate } = await findCandidate(request, ports);
  const folder = chainFolder(model);
  await workspace.remove(`${folder}/${chainFiles.verdict}`);
  const policy = await findPolicy(request, model, ports);
  if (policy.text === undefined) await workspace.remove(`${folder}/${chainFiles.policy}`);
  else await workspace.write(`${folder}/${chainFiles.policy}`, policy.text);

  const from = (policy.policy?.baseline?.from ?? ["base", "ancestor", "latest"]) as BaselineFrom[];
  const lookup = await lookUp(request, model, from, ports);
  const read = await keepBaseline(lookup, request.baseline, folder, ports);
  const earlier = await keepEarlier(model, folder, ports);
  const committedAt = candidate.document.source.committedAt;
  const maxAge = policy.policy?.baseline?.["max-age"];
  const selection = toSelection({
    model,
    lookup,
    policy: policy.found,
    models: { basePolicy: policy.baseModels, present: policy.modelsHere },
    ...(read === undefined ? {} : { read }),
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(committedAt === undefined ? {} : { committedAt }),
    ...(change.recordsBaseline ? { mode: "inform" as const } : {}),
    earlier,
  });
  await writeDocument(workspace, `${folder}/${chainFiles.selection}`, selection, hashing);
  return folder;
}

async function lookUp(
  request: GateRequest,
  model: string,
  from: BaselineFrom[],
  ports: GatePorts,
): Promise<BaselineLookup> {
  const { workspace } = ports;
  if (request.baseline !== undefined) return fileBaseline(request.baseline, model, [], workspace);
  const at = from.findIndex((place) => place.startsWith("file:"));
  if (at < 0) return inStore(from, model, ports);
  // A file is a hit or an error, so nothing after it is looked at.
  const before = at === 0 ? undefined : await inStore(from.slice(0, at), model, ports);
  if (before?.found === true) return before;
  return fileBaseline(`${from[at]}`.slice("file:".length), model, before?.tried ?? [], workspace);
}

async function inStore(from: BaselineFrom[], model: string, { change, store }: GatePorts): Promise<BaselineLookup> {
  if (store === undefined || change.base === undefined) {
    const found = change.base === undefined ? "no base is known here" : "there is no store here";
    return { found: false, why: "none", tried: [{ from: "store", found }], known: [] };
  }
  const { branch, sha } = change.base;
  return store.find({ model, branch, from, ...(sha === undefined ? {} : { base: sha }) });
}

/**
 * Writes the baseline into the chain folder when it can be read. One that was recorded and cannot be read is none.
 * @throws UserError for one that was given by name and cannot be read
 */
async function keepBaseline(
  lookup: BaselineLookup,
  given: string | undefined,
  folder: string,
  { workspace, hashing }: GatePorts,
): Promise<BaselineRead | undefined> {
  const rowsPath = `${folder}/${chainFiles.baselineRows}`;
  await workspace.remove(`${folder}/${chainFiles.baseline}`);
  await writeRowsFiles(rowsPath, {}, workspace);
  if (!lookup.found) return undefined;
  try {
    const { received } = sideOf(
      lookup.files.evaluation,
      given ?? `the baseline from ${lookup.from}`,
      lookup.files,
      given === undefined ? "its rows" : given.replace(/[^/]*$/, chainFiles.rows),
      hashing,
    );
    await workspace.write(`${folder}/${chainFiles.baseline}`, lookup.files.evaluation);
    if (received.document.rows !== undefined) await writeRowsFiles(rowsPath, lookup.files, workspace);
    const at = received.document.source.committedAt;
    return { evaluation: received.digest, ...(at === undefined ? {} : { committedAt: at }) };
  } catch (thrown) {
    if (thrown instanceof UserError && given === undefined) return { unreadable: thrown.message };
    throw thrown;
  }
}

async function keepEarlier(
  model: string,
  folder: string,
  { workspace, hashing, earlierAttempts }: GatePorts,
): Promise<Attempt[]> {
  const found = (await earlierAttempts?.(model)) ?? [];
  const kept: Attempt[] = [];
  for (const { attempt, evaluation } of found) {
    const { digest } = receiveBytes("evaluation", evaluation, `the evaluation of attempt ${attempt}`, hashing);
    await workspace.write(`${folder}/${earlierFile(attempt)}`, evaluation);
    kept.push({ attempt, evaluation: digest });
  }
  return kept;
}
