import type { Received } from "@metricgate/core/documents/kinds";
import { UserError } from "@metricgate/core/errors/user-error";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import { readRowsFiles, rowsBeside, writeRowsFiles } from "../chain/rows-files.ts";
import { modelNameOf } from "../policy/model-policy.ts";
import { workTreePolicy } from "../policy/work-tree-policy.ts";
import type { GatePorts, GateRequest } from "./gate-ports.ts";
import { checkDigest } from "./read-side.ts";

/** Finds the candidate's evaluation and brings it, with its rows, into the chain folder of its model. */
export async function findCandidate(
  request: GateRequest,
  ports: GatePorts,
): Promise<{ model: string; candidate: Received<"evaluation"> }> {
  const { workspace, hashing } = ports;
  const path = request.candidate ?? (await evaluationPath(request, ports));
  const candidate = await readDocument(workspace, "evaluation", path, hashing);
  const model = candidate.document.model.name;
  if (request.model !== undefined && request.model !== model) {
    throw new UserError(
      "model-differs",
      `${path} is about ${model}, and ${request.model} was asked for`,
      "Give the evaluation of that model.",
      { file: path },
    );
  }
  await bring(path, chainFolder(model), candidate.document.rows, ports);
  return { model, candidate };
}

async function evaluationPath(request: GateRequest, { workspace, messages }: GatePorts): Promise<string> {
  const found = await workTreePolicy(workspace, request.policy, request.model, messages);
  const path = `${chainFolder(modelNameOf(request.model, found?.policy))}/${chainFiles.evaluation}`;
  if (await workspace.exists(path)) return path;
  const all = request.model === undefined ? await workspace.find([`.metricgate/*/${chainFiles.evaluation}`]) : [];
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  if (all.length > 1)
    throw new UserError(
      "model-ambiguous",
      `there are evaluations of several models: ${all.join(", ")}`,
      "Say which one by `model`.",
    );
  throw new UserError(
    "candidate-missing",
    `there is no evaluation in ${path}`,
    "Run `evaluate` before, in this job or in one that this job needs, or give `candidate`.",
    { file: path },
  );
}

/** Copies an evaluation and the rows beside it, when they are not in the chain folder already. */
async function bring(
  from: string,
  folder: string,
  declared: Received<"evaluation">["document"]["rows"],
  { workspace, hashing }: Pick<GatePorts, "workspace" | "hashing">,
): Promise<void> {
  const to = `${folder}/${chainFiles.evaluation}`;
  if ((await workspace.resolve(from)) === (await workspace.resolve(to))) return;
  const beside = await rowsBeside(from, workspace);
  const rows = declared === undefined ? {} : await readRowsFiles(beside, workspace);
  // Of the files that were given, since a sentence about their copies would name what nobody wrote.
  if (declared !== undefined && rows.rows !== undefined)
    checkDigest(beside, hashing.bytes(rows.rows), from, declared.digest);
  await workspace.write(to, await workspace.read(from));
  await writeRowsFiles(`${folder}/${chainFiles.rows}`, rows, workspace);
}
