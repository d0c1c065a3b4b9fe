import { resolve } from "node:path";
import { runAction } from "@metricgate/action-kit/frame/run-action";
import { runnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { UserError } from "@metricgate/core/errors/user-error";
import { deploy } from "@metricgate/pipeline/deploy/deploy";
import { modelNameOf } from "@metricgate/pipeline/policy/model-policy";
import { wantedPolicy } from "@metricgate/pipeline/policy/wanted-policy";
import { directoryTarget } from "@metricgate/targets/directory/directory-target";
import { smokeHttp } from "@metricgate/targets/smoke/smoke-http";
import { approveInRunner } from "./approve.ts";
import { bringDocuments, bringModel } from "./bring.ts";
import { deploymentLog } from "./deployment-log.ts";
import { inputs } from "./inputs.ts";

/** `deploy`: promotes what was judged and approved, by digest, tests it, and goes back when it fails. */
export async function main(): Promise<void> {
  await runAction("deploy", inputs, async (given) => {
    const ports = await runnerPorts(given);
    const found = await wantedPolicy(given, ports);
    const model = modelNameOf(given.model, found?.policy);
    if (given.to === undefined)
      throw new UserError(
        "input-missing",
        "the input `to` is required",
        "Add `to:`, the folder that models are served from.",
      );
    const target = directoryTarget({ root: resolve(ports.workspace.root, given.to), model });
    if (!given.rollback) await bringDocuments(model, given["run-id"], ports);
    const path = given.rollback
      ? undefined
      : (given.path ?? (await bringModel(model, given["run-id"], given.token, ports)));
    const log = given.record ? await deploymentLog(model, given.environment ?? "production", ports) : undefined;
    const result = await deploy(
      { ...given, model, path },
      {
        ...ports,
        target,
        previousOf: () => target.previous(),
        smokeHttp: (url) =>
          smokeHttp(url, {
            timeoutSeconds: 10,
            attempts: 6,
            sleep: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
          }),
        approve: (kind, environment) => approveInRunner(kind, environment, model, ports),
        now: () => new Date().toISOString(),
        ...(log === undefined ? {} : { log }),
      },
    );
    const { outcome, previous } = result.deployment;
    return {
      outputs: {
        "model-digest": result.digest,
        "previous-digest": previous,
        "deployment-url": result.url,
        "result-file": result.files[0],
      },
      exitCode: outcome === "active" || outcome === "unchanged" ? 0 : 1,
    };
  });
}
