import { resolve } from "node:path";
import { inputs as ofEvaluate } from "@metricgate/action-evaluate/inputs";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { UserError } from "@metricgate/core/errors/user-error";
import { marginInput, text } from "@metricgate/core/inputs/fields";
import { NO_MAX_DROP } from "@metricgate/core/policy/default-max-drop";
import { exitCodeOf } from "@metricgate/core/policy/verdict-exit";
import { documentText } from "@metricgate/pipeline/chain/write-document";
import { compare } from "@metricgate/pipeline/compare/compare";
import { gate } from "@metricgate/pipeline/gate/gate";
import { renderText } from "@metricgate/report/text";
import type { ModelReport } from "@metricgate/report/view";
import { z } from "zod";
import type { Command, Terminal } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { baseOf } from "../local/base-of.ts";
import { extra } from "../local/extra-flags.ts";
import { localPorts } from "../local/local-ports.ts";
import { writeOut } from "../local/publish.ts";
import { threads } from "../local/threads.ts";

const { model, policy, columns, slices, positive, task, compute } = ofEvaluate.shape;
const flags = z.strictObject({
  model,
  policy,
  columns,
  slices,
  positive,
  task,
  compute,
  "working-directory": ofEvaluate.shape["working-directory"],
  "max-drop": marginInput(
    "Largest loss in the bad direction of any metric, such as `0.01` or `1%`, where no policy judges it; without both everything is shown and nothing is judged.",
  ),
  ...extra,
  base: text("Compare the evaluation of the work tree with the baseline recorded for this branch, tag or commit."),
  branch: text("The branch whose baselines `--base` looks at; `main` by default."),
});

/** `metricgate compare BASELINE CANDIDATE` and `metricgate compare --base REF`. */
export const compareCommand: Command = {
  words: "[BASELINE CANDIDATE]",
  flags,
  summary:
    "judges one file against another (metrics, predictions or evaluations), or the work tree against a recorded baseline",
  async run(argv, terminal) {
    const { flags: given, words } = parseFlags(flags, argv, 2);
    const ports = await localPorts(given, terminal);
    if (given.base !== undefined) {
      const base = await baseOf(ports.workspace.root, given.base, given.branch ?? "main");
      const result = await gate(
        { ...given, "max-drop": given["max-drop"] ?? NO_MAX_DROP },
        { ...ports, change: { ...ports.change, base } },
      );
      const verdict = result.verdict.document;
      const baseline = result.baseline === undefined ? {} : { baseline: result.baseline.received.document };
      return show({ verdict, candidate: result.candidate.received.document, ...baseline }, argv, given, terminal);
    }
    const [baseline, candidate] = words;
    if (baseline === undefined || candidate === undefined || words.length > 2) {
      throw new UserError(
        "flag-missing",
        "two files are wanted: the baseline and the candidate",
        "Write `metricgate compare BASELINE CANDIDATE`, or `--base REF`.",
      );
    }
    const parallel =
      terminal.startThread === undefined ? {} : { parallel: threads(terminal.startThread, ports.workspace.root) };
    return show(await compare(baseline, candidate, given, { ...ports, ...parallel }), argv, given, terminal);
  },
};

async function show(
  compared: Omit<ModelReport, "model"> & { verdict: Verdict },
  argv: readonly string[],
  given: { json: boolean; out?: string | undefined },
  terminal: Terminal,
): Promise<number> {
  const { verdict } = compared;
  const text = given.json || given.out !== undefined ? documentText(verdict) : "";
  if (given.out !== undefined) await writeOut(resolve(terminal.folder, given.out), text);
  terminal.out(
    given.json
      ? text
      : renderText(
          {
            models: [{ model: verdict.model, ...compared }],
            links: {},
            reproduce: `metricgate compare ${argv.map(shellWord).join(" ")}`,
          },
          { colour: terminal.colour },
        ),
  );
  return exitCodeOf(verdict, "judge");
}

/** A word as a shell takes it. */
function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
