import { UserError, userErrorOf } from "@metricgate/core/errors/user-error";
import { flag, textOr } from "@metricgate/core/inputs/fields";
import { DEFAULT_POLICY_PATH } from "@metricgate/core/policy/default-path";
import { explain } from "@metricgate/core/policy/explain";
import { readPolicy } from "@metricgate/formats/policy/read-policy";
import { policyMissing } from "@metricgate/pipeline/policy/policy-wanted";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";

const flags = z.strictObject({
  policy: textOr(DEFAULT_POLICY_PATH, "The policy file."),
  explain: flag(false, "Print each gate as a sentence."),
});

/** `metricgate check [POLICY] [--explain]`. */
export const checkCommand: Command = {
  words: "[POLICY]",
  flags,
  summary: "reads the policy, reports every problem with file and line, and explains each gate",
  async run(argv, terminal) {
    const { flags: given, words } = parseFlags(flags, argv, 1);
    if (words.length > 1)
      throw new UserError("flag-unknown", `${words.length} policies were given`, "Check one at a time.");
    const path = words[0] ?? given.policy;
    const workspace = await nodeWorkspace(terminal.folder, "allow");
    if (!(await workspace.exists(path)))
      throw policyMissing(
        path,
        "`metricgate init` writes one from the metric files that it finds; or name the policy: `metricgate check PATH`.",
      );
    const { policy, problems, advice, warnings } = readPolicy(
      new TextDecoder().decode(await workspace.read(path)),
      path,
    );
    const all = [...problems, ...advice];
    if (all.length > 0 || policy === undefined) throw userErrorOf(all);
    for (const { text, next, where } of warnings)
      terminal.messages.warn(
        `${where?.file ?? path}${where?.line === undefined ? "" : `:${where.line}`}: ${text} ${next}`,
      );
    if (given.explain)
      for (const { model, gate, sentence } of explain(policy)) terminal.out(`${model} · ${gate}: ${sentence}\n`);
    const gates = Object.values(policy.models).reduce((sum, model) => sum + model.gates.length, 0);
    terminal.messages.info(
      `${path}: ${counted(Object.keys(policy.models).length, "model")}, ${counted(gates, "gate")}, no problem`,
    );
    return 0;
  },
};

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
