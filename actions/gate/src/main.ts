import { runAction } from "@metricgate/action-kit/frame/run-action";
import { gateInRunner } from "@metricgate/action-kit/runner/gate-in-runner";
import { uploadDocuments } from "@metricgate/action-kit/runner/run-documents";
import { runnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { inputs } from "./inputs.ts";

/** `gate`: judges the evaluation of this job, or of an earlier job of this run, and fails the step when the verdict does. */
export async function main(): Promise<void> {
  await runAction("gate", inputs, async (given) => {
    const ports = await runnerPorts(given);
    const { outputs, exitCode, result } = await gateInRunner(given, ports);
    if (given.from === undefined) await uploadDocuments("verdict", result.model, ports);
    return { outputs, exitCode };
  });
}
