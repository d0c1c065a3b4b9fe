import { inputs } from "@metricgate/action-plan/inputs";
import { flag, text } from "@metricgate/core/inputs/fields";
import { touchedFrom } from "@metricgate/core/plan/repository-path";
import { gitIn } from "@metricgate/github/commit-look";
import { touchedFiles } from "@metricgate/github/touched-files";
import { plan } from "@metricgate/pipeline/plan/plan";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { baseOf } from "../local/base-of.ts";
import { localChange } from "../local/local-change.ts";

const { token: _token, ...own } = inputs.shape;
const flags = z.strictObject({
  ...own,
  base: text("Branch, tag or commit that the change starts from; every model is planned without it."),
  json: flag(false, "Print the JSON list of models only."),
});

/** `metricgate plan`. */
export const planCommand: Command = {
  flags,
  summary: "says which models of the policy the committed change since REF can have changed, and why",
  async run(argv, terminal) {
    const { flags: given } = parseFlags(flags, argv);
    const workspace = await nodeWorkspace(given["working-directory"], "allow");
    const git = gitIn(workspace.root);
    const change = await localChange(workspace.root, undefined);
    const base = given.base === undefined ? undefined : await baseOf(workspace.root, given.base, given.base);
    const planned = await plan(given, {
      workspace,
      messages: terminal.messages,
      touchedFiles: async () => {
        const folder = (await git("rev-parse", "--show-prefix"))?.trim() || ".";
        const touched = await touchedFiles(base === undefined ? change : { ...change, base }, { git });
        return touched && touchedFrom(folder, touched);
      },
    });
    if (given.json)
      terminal.out(`${JSON.stringify(planned.flatMap(({ model, changed }) => (changed ? [model] : [])))}\n`);
    else
      for (const { model, changed, because } of planned)
        terminal.out(`${changed ? "changed  " : "unchanged"} ${model}: ${because}\n`);
    return 0;
  },
};
