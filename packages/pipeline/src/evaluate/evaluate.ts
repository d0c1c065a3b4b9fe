import { acceptedUnder } from "@metricgate/core/baselines/accepted";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { Note, Source } from "@metricgate/core/documents/fields";
import type { Received } from "@metricgate/core/documents/kinds";
import type { BaselineFiles } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { receiveBytes } from "../chain/read-document.ts";
import { writeRowsFiles } from "../chain/rows-files.ts";
import { documentText } from "../chain/write-document.ts";
import { modelNameOf, modelPolicyOf } from "../policy/model-policy.ts";
import { wantedPolicy } from "../policy/wanted-policy.ts";
import type { Messages } from "../ports/messages.ts";
import { runCommand } from "../train/run-command.ts";
import { measureBaselineAgain } from "./baseline-again/measure-baseline-again.ts";
import type { EvaluatePorts, EvaluateRequest } from "./evaluate-ports.ts";
import { checkCompute } from "./known-compute.ts";
import { measureVersion } from "./measure-version.ts";

/** Remarks on the measured files that are told in the log. */
const mostTold = 50;

export interface EvaluateResult {
  model: string;
  evaluation: Received<"evaluation">;
  /** The files of the chain folder, relative to the workspace. */
  files: string[];
  recorded?: { written: boolean; where: string };
}

/** Measures one version of a model on one eval set and writes the evaluation; on a push to the base branch it becomes a baseline. @throws UserError `policy-missing`, and those of `measureVersion` */
export async function evaluate(request: EvaluateRequest, ports: EvaluatePorts): Promise<EvaluateResult> {
  const { workspace, hashing, change, messages } = ports;
  checkCompute(request.compute);
  const found = await wantedPolicy(request, ports);
  const model = modelNameOf(request.model, found?.policy);
  const policy = modelPolicyOf(found?.policy, model);
  if (request.run !== undefined) await runCommand("evaluate", request.run, request["pass-env"] ?? [], 7, {}, ports);

  const version = { model, source: sourceOf(change), run: change.run };
  const measured = await measureVersion(request, policy, version, ports);
  const { rows } = measured;
  tellNotes(measured.document.notes ?? [], messages);
  const accepted =
    found === undefined || !change.recordsBaseline
      ? {}
      : { accepted: acceptedUnder(found.policy, hashing.text(found.text), model, change.committedAt) };
  const document: Evaluation = { ...measured.document, ...accepted };
  const folder = chainFolder(model);
  const evaluationPath = `${folder}/${chainFiles.evaluation}`;
  const bytes = new TextEncoder().encode(documentText(document));
  const evaluation = receiveBytes("evaluation", bytes, evaluationPath, hashing);
  await workspace.write(evaluationPath, bytes);
  const rowsPaths = await writeRowsFiles(`${folder}/${chainFiles.rows}`, rows, workspace);
  await measureBaselineAgain(request, found?.policy, document, ports);
  const recorded = await record(model, { evaluation: bytes, ...rows }, ports);
  return { model, evaluation, files: [evaluationPath, ...rowsPaths], ...(recorded === undefined ? {} : { recorded }) };
}

/** In the log, how the files were read; the report tells only what bears on the verdict. */
function tellNotes(notes: readonly Note[], messages: Messages): void {
  for (const { text } of notes.slice(0, mostTold)) messages.info(text);
  if (notes.length > mostTold)
    messages.info(`${notes.length - mostTold} more remarks on the measured files stand in the evaluation.`);
}

/** Where the documents say they come from. */
export function sourceOf(change: Change): Source {
  return {
    ...(change.repository === undefined ? {} : { repository: change.repository }),
    ...(change.sha === undefined ? {} : { sha: change.sha }),
    ...(change.committedAt === undefined ? {} : { committedAt: change.committedAt }),
    ...(change.ref === undefined ? {} : { ref: change.ref }),
  };
}

async function record(model: string, files: BaselineFiles, { store, change, messages }: EvaluatePorts) {
  if (store === undefined || !change.recordsBaseline || change.sha === undefined || change.base === undefined)
    return undefined;
  const recorded = await store.record({ model, branch: change.base.branch, sha: change.sha, files });
  messages.info(
    recorded.written
      ? `Recorded as a baseline: ${recorded.where}`
      : `Already recorded as a baseline: ${recorded.where}`,
  );
  return recorded;
}
