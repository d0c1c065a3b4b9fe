import { mkdir } from "node:fs/promises";
import { runAction } from "@metricgate/action-kit/frame/run-action";
import { modelInRunner } from "@metricgate/action-kit/runner/model-in-runner";
import { reportInRunner } from "@metricgate/action-kit/runner/report-in-runner";
import { fetchDocuments } from "@metricgate/action-kit/runner/run-documents";
import { runnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { modelName } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { chainFiles, chainFolder } from "@metricgate/pipeline/chain/folder";
import { policyNowhere } from "@metricgate/pipeline/policy/nowhere";
import { expectedModels, policyProblems, silentModels } from "@metricgate/pipeline/report/expected-models";
import { workspacePath } from "@metricgate/pipeline/workspace/workspace-path";
import { inputs } from "./inputs.ts";

const next = "Name the path of the workflow that measures pull requests: only its documents are believed.";

/**
 * `report`: shows the verdicts of this job, or of earlier jobs of this run. A verdict that is not there is shown as a crash. With `expect` it
 * speaks for several models, and its own result is the one check that they all must pass.
 */
export async function main(): Promise<void> {
  await runAction("report", inputs, async (given) => {
    const { "run-id": runId, workflow } = given;
    // The trusted run checks nothing out, and its folder only says where in the repository paths start.
    if (runId !== undefined) await mkdir(given["working-directory"], { recursive: true });
    const ports = await runnerPorts(given);
    if (runId !== undefined) {
      if (workflow === undefined)
        throw new UserError("input-missing", "`workflow` is not given, and `run-id` is", next);
      const { trustedReport } = await import("@metricgate/action-kit/runner/trusted-report");
      const { verdict = "", reportUrl = "" } = await trustedReport({ ...given, "run-id": runId, workflow }, ports);
      return { outputs: { verdict, "report-url": reportUrl } };
    }
    const local = await ports.workspace.find(given.verdict ?? [`.metricgate/*/${chainFiles.verdict}`]);
    const policy = workspacePath(ports.workspace.root, given.policy);
    const nowhere = await policyNowhere(given.policy, ports);
    const several =
      given.expect === undefined
        ? undefined
        : await expectedModels(given.expect, policy, ports).catch((thrown: unknown) => {
            throw nowhere ?? thrown;
          });
    const expected = several ?? [await modelInRunner(given, ports)];
    const silent: string[] = [];
    for (const model of expected) {
      // A name that is none has no folder; the policy that gives it says what is wrong.
      if (!modelName.safeParse(model).success) {
        silent.push(model);
        continue;
      }
      const path = `${chainFolder(model)}/${chainFiles.verdict}`;
      if (several === undefined && local.length > 0) continue;
      if (!local.includes(path) && given.verdict === undefined) await fetchDocuments("verdict", model, ports);
      if (!(await ports.workspace.exists(path))) silent.push(model);
    }
    const problems = nowhere?.problems ?? (silent.length === 0 ? [] : await policyProblems(policy, ports));
    const crashed =
      several === undefined && nowhere === undefined
        ? silent.map((model) => ({ model, crashed: { step: "gate", text: "The run ended without a verdict." } }))
        : silentModels(silent, problems);
    const result = await reportInRunner(given, ports, crashed, nowhere !== undefined && local.length === 0);
    // The comment of an earlier head is not left to stand, so the reviewers are told before the step stops.
    if (nowhere !== undefined) throw nowhere;
    const failed = several !== undefined && result.verdict === "fail" && !ports.change.recordsBaseline;
    return {
      outputs: { verdict: result.verdict ?? "", "report-url": result.reportUrl ?? "" },
      exitCode: silent.length > 0 ? 3 : failed ? 1 : 0,
    };
  });
}
