import { exitCodeOf } from "@metricgate/core/policy/verdict-exit";
import { chainFiles, chainFolder } from "@metricgate/pipeline/chain/folder";
import { type GateRequest, type GateResult, gate } from "@metricgate/pipeline/gate/gate";
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
  const model = given.model;
  const here = model !== undefined && (await ports.workspace.exists(`${chainFolder(model)}/${chainFiles.evaluation}`));
  const fetched =
    given.candidate === undefined && given.from === undefined && !here
      ? await fetchDocuments("evaluation", model ?? "model", ports)
      : undefined;
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
