import { runAction } from "@metricgate/action-kit/frame/run-action";
import { uploadDocuments } from "@metricgate/action-kit/runner/run-documents";
import { runnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { evaluate } from "@metricgate/pipeline/evaluate/evaluate";
import { inputs } from "./inputs.ts";

/** `evaluate`: measures, uploads the evaluation, and on a push to the base branch records it as a baseline. @param worker the script of a second thread */
export async function main(worker?: URL): Promise<void> {
  await runAction("evaluate", inputs, async (given) => {
    const ports = await runnerPorts(given, worker);
    const result = await evaluate(given, ports);
    await uploadDocuments("evaluation", result.model, ports);
    return { outputs: { "result-file": result.files[0], "model-digest": result.evaluation.document.model.digest } };
  });
}
