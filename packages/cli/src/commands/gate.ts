import { inputs } from "@metricgate/action-gate/inputs";
import { findResults } from "@metricgate/core/gates/why/find-results";
import { mcnemarText } from "@metricgate/core/gates/why/mcnemar-text";
import { whyText } from "@metricgate/core/gates/why/why-text";
import { text } from "@metricgate/core/inputs/fields";
import { exitCodeOf } from "@metricgate/core/policy/verdict-exit";
import { documentText } from "@metricgate/pipeline/chain/write-document";
import { type GateResult, gate } from "@metricgate/pipeline/gate/gate";
import { modelReport } from "@metricgate/pipeline/report/model-report";
import { visibleIn } from "@metricgate/report/escape/visible-in";
import { renderText } from "@metricgate/report/text";
import { z } from "zod";
import type { Command, Terminal } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { extra } from "../local/extra-flags.ts";
import { localPorts } from "../local/local-ports.ts";
import { publish } from "../local/publish.ts";

const flags = z.strictObject({
  ...inputs.shape,
  ...extra,
  why: text("Show how one gate was decided: the gate as the policy writes it, its metric, or the id of a result."),
});

/** `metricgate gate`. */
export const gateCommand: Command = {
  flags,
  summary:
    "compares an evaluation with a baseline and judges it; `--from DIR` computes a verdict again from its documents; `--why GATE` shows how a gate was decided",
  async run(argv, terminal) {
    const { flags: given } = parseFlags(flags, argv);
    const { why, ...request } = given;
    const ports = await localPorts(request, terminal);
    const result = await gate(request, ports);
    const path = `${result.files[0]}`;
    const { document } = result.verdict;
    await publish({ ...request, json: request.json && why === undefined }, path, ports.workspace, terminal);
    if (why !== undefined) printWhy(result, why, request.json, terminal);
    else if (!request.json) {
      const model = await modelReport(path, ports, result);
      const reproduce = `metricgate gate --from ${path.replace(/\/[^/]*$/, "")}`;
      terminal.out(renderText({ models: [model], links: {}, reproduce }, { colour: terminal.colour }));
    }
    return exitCodeOf(document, result.mode);
  },
};

/** The results that `--why` names: as text, or with `--json` as a verdict that has only these gates. */
function printWhy(judged: GateResult, why: string, json: boolean, terminal: Terminal): void {
  const { document } = judged.verdict;
  const results = findResults(document, why);
  if (json) terminal.out(documentText({ ...document, gates: results }));
  else {
    const [shown, of] = [visibleIn(results), visibleIn(document)];
    const texts = shown.map((result) => {
      const test = mcnemarText(result, judged.candidate, judged.baseline);
      return `${whyText(result, of)}${test === undefined ? "" : `${test}\n`}`;
    });
    terminal.out(texts.join("\n"));
  }
}
