import { runAction } from "@metricgate/action-kit/frame/run-action";
import { stepFailure } from "@metricgate/action-kit/frame/step-failure";
import { gateInRunner } from "@metricgate/action-kit/runner/gate-in-runner";
import { modelInRunner } from "@metricgate/action-kit/runner/model-in-runner";
import { reportInRunner } from "@metricgate/action-kit/runner/report-in-runner";
import { uploadDocuments } from "@metricgate/action-kit/runner/run-documents";
import { type RunnerPorts, runnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { problemText } from "@metricgate/core/errors/problem-text";
import { evaluate } from "@metricgate/pipeline/evaluate/evaluate";
import type { z } from "zod";
import { inputs } from "./inputs.ts";

/** `review`: evaluate, gate and report in one step. A step before the verdict that fails is reported too, as a crash. @param worker the script of a second thread */
export async function main(worker?: URL): Promise<void> {
  await runAction("review", inputs, async (given) => {
    const ports = await runnerPorts(given, worker);
    let step = "evaluate";
    const begin = (next: string) => {
      step = next;
    };
    const judged = await judge(given, ports, begin).catch(async (thrown: unknown) => {
      const failure = await stepFailure(thrown);
      const text = failure.problems.map(problemText).join(" ");
      const crashed = { step, text, ...(failure.tail === undefined ? {} : { tail: failure.tail }) };
      const model = await modelInRunner(given, ports);
      await reportInRunner({ ...given, verdict: [] }, ports, [{ model, crashed }], true);
      throw thrown;
    });
    const told = await reportInRunner({ ...given, verdict: [judged.outputs["result-file"] ?? ""] }, ports, []);
    return { outputs: { ...judged.outputs, "report-url": told.reportUrl ?? "" }, exitCode: judged.exitCode };
  });
}

async function judge(given: z.output<typeof inputs>, ports: RunnerPorts, begin: (step: string) => void) {
  const measured = await evaluate(given, ports);
  begin("gate");
  const judged = await gateInRunner({ ...given, model: measured.model }, ports);
  await uploadDocuments("verdict", measured.model, ports);
  return judged;
}
