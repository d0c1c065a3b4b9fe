import { runAction } from "@metricgate/action-kit/frame/run-action";
import { modelInRunner } from "@metricgate/action-kit/runner/model-in-runner";
import { reportInRunner } from "@metricgate/action-kit/runner/report-in-runner";
import { fetchDocuments } from "@metricgate/action-kit/runner/run-documents";
import { runnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { chainFiles, chainFolder } from "@metricgate/pipeline/chain/folder";
import { inputs } from "./inputs.ts";

/** `report`: shows the verdicts of this job, or of an earlier job of this run. A verdict that is not there is shown as a crash. */
export async function main(): Promise<void> {
  await runAction("report", inputs, async (given) => {
    const ports = await runnerPorts(given);
    const model = await modelInRunner(given, ports);
    const local = await ports.workspace.find(given.verdict ?? [`.metricgate/*/${chainFiles.verdict}`]);
    if (local.length === 0 && given.verdict === undefined) await fetchDocuments("verdict", model, ports);
    const found = local.length > 0 || (await ports.workspace.exists(`${chainFolder(model)}/${chainFiles.verdict}`));
    const crashed = found ? [] : [{ model, crashed: { step: "gate", text: "The run ended without a verdict." } }];
    const result = await reportInRunner(given, ports, crashed);
    return {
      outputs: { verdict: result.verdict ?? "", "report-url": result.reportUrl ?? "" },
      exitCode: found ? 0 : 3,
    };
  });
}
