import { inputs } from "@metricgate/action-evaluate/inputs";
import { evaluate } from "@metricgate/pipeline/evaluate/evaluate";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { extra } from "../local/extra-flags.ts";
import { keepBaseline, localPorts } from "../local/local-ports.ts";
import { publish, publishRows } from "../local/publish.ts";

const flags = z.strictObject({ ...inputs.shape, ...extra, record: keepBaseline });

/** `metricgate evaluate`. */
export const evaluateCommand: Command = {
  usage:
    "metricgate evaluate [--metrics GLOB…] [--predictions FILE [--columns id=…]…] [--compute NAME…] [--run CMD] [--record BRANCH] [--out FILE]",
  summary: "measures a model: metric files and predictions become an evaluation",
  async run(argv, terminal) {
    const { flags: given } = parseFlags(flags, argv);
    const ports = await localPorts(given, terminal);
    const result = await evaluate(given, {
      ...ports,
      ...(given.record === undefined
        ? {}
        : { change: { ...ports.change, recordsBaseline: true, base: { branch: given.record } } }),
    });
    const path = `${result.files[0]}`;
    await publish(given, path, ports.workspace, terminal);
    if (given.out !== undefined) await publishRows(given.out, result.files.slice(1), ports.workspace, terminal);
    terminal.messages.info(`${result.model}: ${result.evaluation.document.metrics.length} metrics in ${path}`);
    return 0;
  },
};
