import { inputs } from "@metricgate/action-evaluate/inputs";
import { text } from "@metricgate/core/inputs/fields";
import { evaluate } from "@metricgate/pipeline/evaluate/evaluate";
import { withPartThread } from "@metricgate/pipeline/workspace/part-thread";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { baseOf } from "../local/base-of.ts";
import { extra } from "../local/extra-flags.ts";
import { keepBaseline, localPorts } from "../local/local-ports.ts";
import { publish, publishRows } from "../local/publish.ts";

const flags = z.strictObject({
  ...inputs.shape,
  ...extra,
  record: keepBaseline,
  base: text("With `--baseline-run`: the branch, tag or commit whose baseline is measured again."),
  branch: text("The branch whose baselines `--base` looks at; `main` by default."),
});

/** `metricgate evaluate`. */
export const evaluateCommand: Command = {
  flags,
  summary: "measures a model: metric files and predictions become an evaluation",
  async run(argv, terminal) {
    const { flags: given } = parseFlags(flags, argv);
    const ports = await localPorts(given, terminal);
    const workspace = withPartThread(ports.workspace, terminal.startThread, "allow");
    const base =
      given.base === undefined ? undefined : await baseOf(ports.workspace.root, given.base, given.branch ?? "main");
    const recorded =
      given.record === undefined ? {} : { recordsBaseline: true, base: { ...base, branch: given.record } };
    const change = { ...ports.change, ...(base === undefined ? {} : { base }), ...recorded };
    const result = await evaluate(given, { ...ports, workspace, change });
    const path = `${result.files[0]}`;
    await publish(given, path, ports.workspace, terminal);
    if (given.out !== undefined) await publishRows(given.out, result.files.slice(1), ports.workspace, terminal);
    terminal.messages.info(`${result.model}: ${result.evaluation.document.metrics.length} metrics in ${path}`);
    return 0;
  },
};
