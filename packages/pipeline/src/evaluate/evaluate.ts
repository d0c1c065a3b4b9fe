import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { Note, Source } from "@metricgate/core/documents/fields";
import type { Received } from "@metricgate/core/documents/kinds";
import { UserError } from "@metricgate/core/errors/user-error";
import type { BaselineFiles } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { receiveBytes } from "../chain/read-document.ts";
import { writeRowsFiles } from "../chain/rows-files.ts";
import { documentText } from "../chain/write-document.ts";
import { modelNameOf, modelPolicyOf } from "../policy/model-policy.ts";
import { workTreePolicy } from "../policy/work-tree-policy.ts";
import { runCommand } from "../train/run-command.ts";
import { evalSetOf } from "./eval-set.ts";
import type { EvaluatePorts, EvaluateRequest } from "./evaluate-ports.ts";
import { keptRows } from "./kept-rows.ts";
import { measureFiles } from "./measure-files.ts";
import { measurePredictions } from "./measure-predictions.ts";
import { measureRepeats } from "./measure-repeats.ts";
import { modelDigestOf } from "./model-digest-of.ts";

export interface EvaluateResult {
  model: string;
  evaluation: Received<"evaluation">;
  /** The files of the chain folder, relative to the workspace. */
  files: string[];
  recorded?: { written: boolean; where: string };
}

/** Measures one version of a model on one eval set and writes the evaluation; on a push to the base branch it becomes a baseline. */
export async function evaluate(request: EvaluateRequest, ports: EvaluatePorts): Promise<EvaluateResult> {
  const { workspace, hashing, messages, change } = ports;
  const found = await workTreePolicy(workspace, request.policy, request.model, messages);
  const model = modelNameOf(request.model, found?.policy);
  const policy = modelPolicyOf(found?.policy, model);
  if (request.run !== undefined) await runCommand("evaluate", request.run, request["pass-env"] ?? [], 7, {}, ports);

  const files = await measureFiles(request.metrics ?? policy?.metrics ?? [], ports);
  const table = await measurePredictions(request, policy, ports);
  if (files === undefined && table === undefined) {
    throw new UserError(
      "no-metrics",
      "neither metric files nor predictions were given",
      "Give `metrics:` or `predictions:`, or name them in the policy.",
    );
  }
  const repeated = await measureRepeats(request, policy, { files, table }, ports);
  const kept = table === undefined || policy?.rows === "none" ? undefined : keptRows(table, repeated, hashing);
  const trained = await modelDigestOf(request, model, ports);
  const evalSet = await evalSetOf(
    request["eval-set"] ?? policy?.["eval-set"]?.files,
    policy?.["eval-set"]?.id,
    table?.rows,
    ports,
  );
  const notes: Note[] = [...(files?.notes ?? []), ...(table?.notes ?? []), ...repeated.notes];
  const document: Evaluation = {
    kind: "metricgate/evaluation@1",
    model: { name: model, ...(trained.digest === undefined ? {} : { digest: trained.digest }) },
    source: sourceOf(change),
    ...(change.run === undefined ? {} : { run: change.run }),
    ...(evalSet === undefined ? {} : { evalSet }),
    metrics: repeated.metrics,
    ...(kept === undefined ? {} : { rows: kept.declared }),
    ...(trained.training === undefined ? {} : { train: trained.training }),
    ...(notes.length === 0 ? {} : { notes }),
  };

  const folder = chainFolder(model);
  const evaluationPath = `${folder}/${chainFiles.evaluation}`;
  const bytes = new TextEncoder().encode(documentText(document));
  const evaluation = receiveBytes("evaluation", bytes, evaluationPath, hashing);
  await workspace.write(evaluationPath, bytes);
  const rows = await writeRowsFiles(`${folder}/${chainFiles.rows}`, kept?.files ?? {}, workspace);
  const recorded = await record(model, { evaluation: bytes, ...kept?.files }, ports);
  return { model, evaluation, files: [evaluationPath, ...rows], ...(recorded === undefined ? {} : { recorded }) };
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
