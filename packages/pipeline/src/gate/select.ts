import { type BaselineRead, toSelection } from "@metricgate/core/baselines/to-selection";
import type { Attempt } from "@metricgate/core/documents/selection";
import { UserError } from "@metricgate/core/errors/user-error";
import type { BaselineFrom, BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { chainFiles, chainFolder, earlierFile } from "../chain/folder.ts";
import { receiveBytes } from "../chain/read-document.ts";
import { writeDocument } from "../chain/write-document.ts";
import { findCandidate } from "./find-candidate.ts";
import { findPolicy } from "./find-policy.ts";
import type { GatePorts, GateRequest } from "./gate.ts";
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
  const read = await keepBaseline(lookup, folder, ports);
  const earlier = await keepEarlier(model, folder, ports);
  const committedAt = candidate.document.source.committedAt;
  const maxAge = policy.policy?.baseline?.["max-age"];
  const selection = toSelection({
    model,
    lookup,
    policy: policy.found,
    models: { basePolicy: policy.atBase ? Object.keys(policy.policy?.models ?? {}) : [], present: policy.modelsHere },
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
  const { workspace, change, store } = ports;
  const given = request.baseline ?? from.find((place) => place.startsWith("file:"))?.slice("file:".length);
  if (request.baseline !== undefined || (given !== undefined && from[0]?.startsWith("file:"))) {
    if (given === undefined) throw new UserError("baseline-missing", "no baseline was given", "Give `baseline`.");
    const rows = given.replace(/[^/]*$/, chainFiles.rows);
    const evaluation = await workspace.read(given);
    const files = { evaluation, ...((await workspace.exists(rows)) ? { rows: await workspace.read(rows) } : {}) };
    return {
      found: true,
      from: `file:${given}`,
      files,
      tried: [{ from: `file:${given}`, found: "an evaluation" }],
      known: [model],
    };
  }
  if (store === undefined || change.base === undefined) {
    return {
      found: false,
      why: "none",
      tried: [{ from: "store", found: change.base === undefined ? "no base is known here" : "there is no store here" }],
      known: [],
    };
  }
  return store.find({
    model,
    branch: change.base.branch,
    from: from.filter((place) => !place.startsWith("file:")),
    ...(change.base.sha === undefined ? {} : { base: change.base.sha }),
  });
}

/** Writes the baseline into the chain folder when it can be read; a baseline that cannot be read is none. */
async function keepBaseline(
  lookup: BaselineLookup,
  folder: string,
  { workspace, hashing }: GatePorts,
): Promise<BaselineRead | undefined> {
  await workspace.remove(`${folder}/${chainFiles.baseline}`);
  await workspace.remove(`${folder}/${chainFiles.baselineRows}`);
  if (!lookup.found) return undefined;
  try {
    const { received } = sideOf(
      lookup.files.evaluation,
      `the baseline from ${lookup.from}`,
      lookup.files.rows,
      "its rows",
      hashing,
    );
    await workspace.write(`${folder}/${chainFiles.baseline}`, lookup.files.evaluation);
    if (received.document.rows !== undefined && lookup.files.rows !== undefined)
      await workspace.write(`${folder}/${chainFiles.baselineRows}`, lookup.files.rows);
    const at = received.document.source.committedAt;
    return { evaluation: received.digest, ...(at === undefined ? {} : { committedAt: at }) };
  } catch (thrown) {
    if (thrown instanceof UserError) return { unreadable: thrown.message };
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
