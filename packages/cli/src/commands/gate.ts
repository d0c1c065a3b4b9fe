import { inputs } from "@metricgate/action-gate/inputs";
import { exitCodeOf } from "@metricgate/core/policy/verdict-exit";
import { gate } from "@metricgate/pipeline/gate/gate";
import { modelReport } from "@metricgate/pipeline/report/model-report";
import { renderText } from "@metricgate/report/text";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { extra } from "../local/extra-flags.ts";
import { localPorts } from "../local/local-ports.ts";
import { publish } from "../local/publish.ts";

const flags = z.strictObject({ ...inputs.shape, ...extra });

/** `metricgate gate`. */
export const gateCommand: Command = {
  usage:
    "metricgate gate [--candidate EVAL] [--baseline EVAL] [--policy FILE] [--model NAME] [--max-drop MARGIN] [--from DIR] [--json] [--out FILE]",
  summary:
    "compares an evaluation with a baseline and judges it; `--from DIR` computes a verdict again from its documents",
  async run(argv, terminal) {
    const { flags: given } = parseFlags(flags, argv);
    const ports = await localPorts(given, terminal);
    const result = await gate(given, ports);
    const path = `${result.files[0]}`;
    await publish(given, path, ports.workspace, terminal);
    if (!given.json) {
      const model = await modelReport(path, ports);
      terminal.out(renderText({ models: [model], links: {} }, { colour: terminal.colour }));
    }
    return exitCodeOf(result.verdict.document, result.mode);
  },
};
