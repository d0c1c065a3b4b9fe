import { inputs } from "@metricgate/action-train/inputs";
import { train } from "@metricgate/pipeline/train/train";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { extra } from "../local/extra-flags.ts";
import { localPorts } from "../local/local-ports.ts";
import { publish } from "../local/publish.ts";

const flags = z.strictObject({ ...inputs.shape, ...extra });

/** `metricgate train`. */
export const trainCommand: Command = {
  flags,
  summary: "runs a training command and records the model's files by digest",
  async run(argv, terminal) {
    const { flags: given } = parseFlags(flags, argv);
    const ports = await localPorts(given, terminal);
    const result = await train(given, ports);
    await publish(given, `${result.files.at(-1)}`, ports.workspace, terminal);
    terminal.messages.info(`${result.model}: ${result.digest ?? "no `--path`, so no digest"}`);
    return 0;
  },
};
