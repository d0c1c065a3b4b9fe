import { UserError } from "@metricgate/core/errors/user-error";
import { flag, model, textOr } from "@metricgate/core/inputs/fields";
import { isBookkeeping } from "@metricgate/core/metrics/directions";
import { readMetrics } from "@metricgate/formats/metric-files/read-metrics";
import { policyText } from "@metricgate/pipeline/init/policy-text";
import { workflowText } from "@metricgate/pipeline/init/workflow-text";
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

const patterns = [
  "**/*metrics*.json",
  "**/*metrics*.yml",
  "**/*metrics*.yaml",
  "**/*metrics*.csv",
  "**/*results*.json",
  "**/*scores*.json",
];
const passed = ["!**/node_modules/**", "!**/.git/**", "!**/.metricgate/**", "!**/.venv/**", "!**/package*.json"];

/** `metricgate init`. */
export const initCommand: Command = {
  usage: "metricgate init [--model NAME] [--policy FILE] [--workflow FILE] [--force]",
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
    const files: string[] = [];
    const metrics = new Map<string, "up" | "down">();
    for (const path of await workspace.find([...patterns, ...passed])) {
      const read = await readMetrics(await workspace.open(path)).catch((thrown: unknown) => {
        terminal.messages.warn(`${path} was left out: ${thrown instanceof Error ? thrown.message : thrown}`);
        return undefined;
      });
      if (read === undefined || read.metrics.length === 0) continue;
      files.push(path);
      for (const { name, direction } of read.metrics) {
        if ((direction === "up" || direction === "down") && !isBookkeeping(name)) metrics.set(name, direction);
      }
      terminal.messages.info(`${path}: ${read.metrics.length} metrics (${read.format})`);
    }
    if (metrics.size === 0) {
      throw new UserError(
        "no-metrics",
        files.length === 0
          ? "no metric file was found"
          : `no metric of known direction was found in ${files.join(", ")}`,
        "Run your evaluation once, so that it writes a file such as out/metrics.json, then run init again.",
      );
    }
    await workspace.write(given.policy, policyText(given.model ?? "model", files, metrics));
    await workspace.write(given.workflow, workflowText(given.model ?? "model"));
    terminal.messages.info(
      `Wrote ${given.policy} with ${metrics.size} gates, and ${given.workflow}: put your own commands in its \`run:\` step`,
    );
    return 0;
  },
};
