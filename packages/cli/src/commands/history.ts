import { inputs } from "@metricgate/action-gate/inputs";
import { UserError } from "@metricgate/core/errors/user-error";
import { choice, textOr, whole } from "@metricgate/core/inputs/fields";
import { gitIn } from "@metricgate/github/commit-look";
import { gitLedgerHistory, ledgerRef } from "@metricgate/github/git-ledger";
import { history } from "@metricgate/pipeline/history/history";
import { historyCsv } from "@metricgate/report/history/history-csv";
import { historyText } from "@metricgate/report/history/history-text";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { localPorts } from "../local/local-ports.ts";

const { model, policy } = inputs.shape;
const flags = z.strictObject({
  model,
  policy,
  "working-directory": inputs.shape["working-directory"],
  branch: textOr("main", "The base branch whose accepted runs are told."),
  ledger: textOr(
    "metricgate",
    "The ledger branch, as `store: branch` writes it; `.metricgate/baselines` where git has none.",
  ),
  limit: whole(1, "The latest runs that are told; 30 otherwise."),
  format: choice(["text", "csv", "json"], "text", "How they are written: `text`, `csv` or `json`."),
});

/** `metricgate history METRIC`. */
export const historyCommand: Command = {
  words: "METRIC",
  flags,
  summary: "tells the accepted values of a metric by commit and date, with waivers and changes of the policy",
  async run(argv, terminal) {
    const { flags: given, words } = parseFlags(flags, argv, 1);
    const ports = await localPorts(given, terminal);
    const git = gitIn(ports.workspace.root);
    const ref = await ledgerRef(git, given.ledger);
    const past = ref === undefined ? ports.store.history : gitLedgerHistory(git, ref);
    const base = await tipOf(git, given.branch);
    if (past === undefined || base === undefined)
      throw new UserError(
        "base-unknown",
        `git knows no branch ${JSON.stringify(given.branch)} here`,
        "Run it in the repository, or name the base branch with `--branch`.",
      );
    const told = await history(words[0], { ...given, limit: given.limit ?? 30 }, { ...ports, base, history: past });
    if (given.format === "json") terminal.out(`${JSON.stringify(told, null, 2)}\n`);
    else terminal.out(given.format === "csv" ? historyCsv(told) : historyText(told));
    return 0;
  },
};

/** The commit of a branch: as fetched, which is the newest that GitHub judged, else the local one. */
async function tipOf(git: ReturnType<typeof gitIn>, branch: string): Promise<string | undefined> {
  for (const ref of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
    const sha = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
    if (sha !== undefined) return sha.trim();
  }
  return undefined;
}
