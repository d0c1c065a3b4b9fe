import { resolve } from "node:path";
import { inputs } from "@metricgate/action-report/inputs";
import { UserError } from "@metricgate/core/errors/user-error";
import { choice } from "@metricgate/core/inputs/fields";
import { approvalEnvironment, approvalText } from "@metricgate/pipeline/approval/approval-text";
import { modelReports } from "@metricgate/pipeline/report/model-reports";
import { renderComment } from "@metricgate/report/comment";
import { renderHtml } from "@metricgate/report/html";
import { renderSummary } from "@metricgate/report/summary";
import { renderText } from "@metricgate/report/text";
import type { ReportView } from "@metricgate/report/view";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { extra } from "../local/extra-flags.ts";
import { localApproval } from "../local/local-approval.ts";
import { localPorts } from "../local/local-ports.ts";
import { writeOut } from "../local/publish.ts";

const flags = z.strictObject({
  "working-directory": inputs.shape["working-directory"],
  out: extra.out,
  format: choice(["comment", "summary", "html", "text"], "text", "What to render."),
  "approval-summary": inputs.shape["approval-summary"],
});

/** `metricgate report VERDICT…`. */
export const reportCommand: Command = {
  words: "[VERDICT…]",
  flags,
  summary: "renders verdicts as a comment, a summary, one HTML file or text",
  async run(argv, terminal) {
    const { flags: given, words } = parseFlags(flags, argv, Number.POSITIVE_INFINITY);
    const ports = await localPorts(given, terminal);
    const paths = words.length > 0 ? words : await ports.workspace.find([".metricgate/*/verdict.json"]);
    if (paths.length === 0)
      throw new UserError(
        "no-verdict",
        "there is no verdict in .metricgate",
        "Run `metricgate gate` before, or name a verdict.",
      );
    const environment = approvalEnvironment(given["approval-summary"]);
    if (environment !== undefined && given.format !== "summary")
      throw new UserError(
        "flag-invalid",
        `\`--approval-summary\` is a part of the summary, and the format is ${given.format}`,
        "Add `--format summary`.",
      );
    const [only] = paths;
    const folder =
      only !== undefined && paths.length === 1 && only.includes("/") ? only.replace(/\/[^/]*$/, "") : undefined;
    const view: ReportView = {
      models: await modelReports(paths, ports),
      links: {},
      reproduce: `metricgate gate --from ${folder ?? "DIR"}`,
    };
    const approval =
      environment === undefined
        ? ""
        : await approvalText(environment, view.models, { ...ports, ...localApproval(ports.workspace.root), links: {} });
    const text = `${approval}${render(view, given.format, terminal.colour && given.out === undefined)}`;
    if (given.out === undefined) terminal.out(text);
    else await writeOut(resolve(terminal.folder, given.out), text);
    return 0;
  },
};

function render(view: ReportView, format: "comment" | "summary" | "html" | "text", colour: boolean): string {
  if (format === "comment") return renderComment(view, { marker: "<!-- metricgate:v1 -->" });
  if (format === "summary") return renderSummary(view);
  if (format === "html") return renderHtml(view);
  return renderText(view, { colour });
}
