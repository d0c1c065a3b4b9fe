import { exitCodeOf } from "@metricgate/core/policy/verdict-exit";
import { chainFiles, chainFolder } from "@metricgate/pipeline/chain/folder";
import { type GateResult, gate } from "@metricgate/pipeline/gate/gate";
import type { GateRequest } from "@metricgate/pipeline/gate/gate-ports";
import { modelInRunner } from "./model-in-runner.ts";
import { earlierEvaluations, fetchDocuments } from "./run-documents.ts";
import type { RunnerPorts } from "./runner-ports.ts";

/** The gate's result in a runner, with the outputs and the exit code that both `gate` and `review` have. */
export interface GateInRunner {
  result: GateResult;
  outputs: Record<string, string | undefined>;
  exitCode: number;
}

/** Runs the gate: the candidate comes from the work folder, or from an earlier job of this run. */
export async function gateInRunner(given: GateRequest, ports: RunnerPorts): Promise<GateInRunner> {
  const fetched =
    given.candidate === undefined && given.from === undefined ? await bringEvaluation(given, ports) : undefined;
  const attempt = fetched ?? ports.change.run?.attempt ?? 1;
  const result = await gate(given, { ...ports, earlierAttempts: (name) => earlierEvaluations(name, attempt, ports) });
  const { document } = result.verdict;
  const failed = document.gates.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  return {
    result,
    outputs: {
      verdict: document.verdict ?? "",
      "failed-gates": JSON.stringify(failed),
      "baseline-sha": document.baseline?.sha ?? "",
      "result-file": result.files[0],
    },
    exitCode: exitCodeOf(document, result.mode),
  };
}

/** Brings the evaluation of an earlier job of this run, when this job has made none; the attempt that it is of. */
async function bringEvaluation(given: GateRequest, ports: RunnerPorts): Promise<number | undefined> {
  const model = await modelInRunner(given, ports);
  const here = await ports.workspace.exists(`${chainFolder(model)}/${chainFiles.evaluation}`);
  return here ? undefined : fetchDocuments("evaluation", model, ports);
}
