import { UserError } from "@metricgate/core/errors/user-error";
import { flag, model, textOr } from "@metricgate/core/inputs/fields";
import { shown } from "@metricgate/formats/text/shown";
import { findMetricFiles } from "@metricgate/pipeline/init/find-metric-files";
import { policyText } from "@metricgate/pipeline/init/policy-text";
import { projectSteps } from "@metricgate/pipeline/init/project-steps";
import { startingGates } from "@metricgate/pipeline/init/starting-gates";
import { workflowText } from "@metricgate/pipeline/init/workflow-text";
import type { Workspace } from "@metricgate/pipeline/ports/workspace";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";

const flags = z.strictObject({
  model,
  policy: textOr(".github/metricgate.yml", "Where to write the policy."),
  workflow: textOr(".github/workflows/model-gate.yml", "Where to write the workflow."),
  force: flag(false, "Write over files that exist."),
});

/** `metricgate init`. */
export const initCommand: Command = {
  flags,
  summary: "writes a policy and a workflow from the metric files that it finds",
  async run(argv, terminal) {
    const { flags: given } = parseFlags(flags, argv);
    const workspace = await nodeWorkspace(terminal.folder);
    for (const path of [given.policy, given.workflow]) {
      if (!given.force && (await workspace.exists(path)))
        throw new UserError("file-exists", `${path} exists already`, "Keep it, or say `--force` to write over it.", {
          file: path,
        });
    }
    const files = await findMetricFiles(workspace, terminal.messages);
    for (const { path, format, metrics } of files)
      terminal.messages.info(`${path}: ${metrics.length} metrics (${format})`);
    const start = startingGates(files.flatMap(({ metrics }) => metrics));
    if (start.gates.length === 0) {
      const named = files.map(({ path }) => path).join(", ");
      const [unknown] = start.unknown;
      if (unknown !== undefined) {
        const gate = `{ metric: ${shown(unknown)}, direction: up, max-drop: 1% }`;
        throw new UserError(
          "no-metrics",
          `${named} holds no metric of which it is known whether more is better`,
          `Say it in ${given.policy}, with \`direction: down\` and \`max-rise\` where less is better: \`version: 1\` and, on the next line, \`models: { ${given.model ?? "model"}: { metrics: [${shown(files[0]?.pattern ?? "")}], gates: [${gate}] } }\`.`,
        );
      }
      throw new UserError(
        "no-metrics",
        files.length === 0 ? "no metric file was found" : `no metric of known direction was found in ${named}`,
        "Run your evaluation once, so that it writes a file such as out/metrics.json, then run init again; `metricgate formats` lists what is read.",
      );
    }
    const steps = await projectSteps((path) => workspace.exists(path));
    const chosen = given.model ?? "model";
    await workspace.write(
      given.policy,
      policyText(
        chosen,
        files.map(({ pattern }) => pattern),
        start,
      ),
    );
    await workspace.write(given.workflow, workflowText(chosen, await branchOf(workspace), steps));
    const left = start.left === 0 ? "" : ` (${start.left} more metrics have none)`;
    const own = steps.found ? "" : ": put your own commands in its `run:` step";
    terminal.messages.info(
      `Wrote ${given.policy} with ${start.gates.length} gates${left}, and ${given.workflow}${own}`,
    );
    return 0;
  },
};

/** The branch that baselines come from: the one that is checked out when it is master, else main. */
async function branchOf(workspace: Workspace): Promise<string> {
  if (!(await workspace.exists(".git/HEAD"))) return "main";
  const head = new TextDecoder().decode(await workspace.read(".git/HEAD"));
  return head.trim() === "ref: refs/heads/master" ? "master" : "main";
}
