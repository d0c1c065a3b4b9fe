import { resolve } from "node:path";
import { inputs } from "@metricgate/action-deploy/inputs";
import { UserError } from "@metricgate/core/errors/user-error";
import { deploy } from "@metricgate/pipeline/deploy/deploy";
import { modelNameOf } from "@metricgate/pipeline/policy/model-policy";
import { wantedPolicy } from "@metricgate/pipeline/policy/wanted-policy";
import { directoryTarget } from "@metricgate/targets/directory/directory-target";
import { smokeHttp } from "@metricgate/targets/smoke/smoke-http";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { extra } from "../local/extra-flags.ts";
import { localPorts } from "../local/local-ports.ts";
import { publish } from "../local/publish.ts";

const flags = z.strictObject({ ...inputs.shape, ...extra });

/** `metricgate deploy`. There is nobody to ask on a laptop, so `--approval none` must be said. */
export const deployCommand: Command = {
  flags,
  summary: "promotes the model that passed, tests it, and goes back when it fails",
  async run(argv, terminal) {
    const { flags: given } = parseFlags(flags, argv);
    const ports = await localPorts(given, terminal);
    if (given["run-id"] !== undefined)
      throw new UserError(
        "flag-invalid",
        "the flag `--run-id` needs GitHub",
        "Download the run's documents into .metricgate/MODEL first.",
      );
    if (given.to === undefined)
      throw new UserError(
        "flag-missing",
        "the flag `--to` is required",
        "Give the folder that models are served from.",
      );
    const found = await wantedPolicy(given, ports);
    const model = modelNameOf(given.model, found?.policy);
    const target = directoryTarget({ root: resolve(ports.workspace.root, given.to), model });
    const result = await deploy(
      { ...given, model },
      {
        ...ports,
        target,
        previousOf: () => target.previous(),
        smokeHttp: (url) =>
          smokeHttp(url, {
            timeoutSeconds: 10,
            attempts: 5,
            sleep: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
          }),
        async approve(kind) {
          if (kind === "none") return { kind };
          throw new UserError(
            "not-approved",
            `approval is \`${kind}\`, and on this machine nobody can be asked`,
            "Deploy from a workflow, or say `--approval none`.",
          );
        },
        now: () => new Date().toISOString(),
      },
    );
    await publish(given, `${result.files[0]}`, ports.workspace, terminal);
    terminal.messages.info(`${model} ${result.digest}: ${result.deployment.outcome}`);
    return result.deployment.outcome === "active" || result.deployment.outcome === "unchanged" ? 0 : 1;
  },
};
