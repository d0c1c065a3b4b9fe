import type { Verdict } from "@metricgate/core/documents/verdict";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Change } from "@metricgate/core/ports/change";
import { annotationsOf } from "@metricgate/report/annotations";
import { renderCheck } from "@metricgate/report/check";
import { renderComment } from "@metricgate/report/comment";
import { renderHtml } from "@metricgate/report/html";
import { stateOf } from "@metricgate/report/state";
import { renderSummary } from "@metricgate/report/summary";
import type { Links, ModelReport, OwnerApproval, ReportState, ReportView } from "@metricgate/report/view";
import { approvalEnvironment, approvalText } from "../approval/approval-text.ts";
import type { ApprovalPorts } from "../approval/approval-view.ts";
import { chainFiles } from "../chain/folder.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { modelReports } from "./model-reports.ts";
import type { Publisher } from "./publisher.ts";
import { silentComment } from "./silent-comment.ts";

/** The inputs of the verb, as the action and the command line name them. */
export interface ReportRequest {
  verdict?: string[] | undefined;
  comment?: "changes" | "always" | "failures" | "never" | undefined;
  "comment-key"?: string | undefined;
  check?: boolean | undefined;
  html?: boolean | undefined;
  /** The models that must report; then none is a report too: nothing relevant changed. */
  expect?: string | undefined;
  /** The environment whose reviewers are asked; `true` for `production`. */
  "approval-summary"?: string | undefined;
}

export interface ReportPorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  links: Links;
  publisher: Publisher;
  /** The policy's word on when to comment, if it has one. */
  commentWhen?: "changes" | "always" | "failures" | "never" | undefined;
  /** Models whose measuring failed before there was a verdict. */
  crashed?: ModelReport[];
  /** What a trusted run leaves to the owners of the policy. */
  ownerApproval?: OwnerApproval;
  /** What the summary for an approval asks besides the documents. */
  approval?: Pick<ApprovalPorts, "liveIn" | "between" | "fileAt">;
}

export interface ReportResult {
  state: ReportState;
  verdict?: "pass" | "warn" | "fail";
  view: ReportView;
  reportUrl?: string;
  advice: string[];
}

/** Renders the verdicts and posts them. It decides nothing: what cannot be posted is advice and never changes the verdict. */
export async function report(request: ReportRequest, ports: ReportPorts): Promise<ReportResult> {
  const { workspace, change, publisher } = ports;
  const models = [...(await readModels(request, ports)), ...(ports.crashed ?? [])];
  const view: ReportView = {
    models,
    links: ports.links,
    ...(change.headSha === undefined ? {} : { head: change.headSha }),
    ...(change.base === undefined ? {} : { baseBranch: change.base.branch }),
    ...(ports.ownerApproval === undefined ? {} : { ownerApproval: ports.ownerApproval }),
    // A run that crashed before its evaluation was written has recorded nothing.
    ...(change.recordsBaseline && models.every(({ verdict }) => verdict !== undefined) ? { recorded: true } : {}),
  };
  const advice: string[] = [];
  const attempt = async <T>(what: "comment" | "check" | "html", effect: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await effect();
    } catch (thrown) {
      advice.push(publisher.explain(thrown, what));
      return undefined;
    }
  };

  const name = models.length === 1 && models[0] !== undefined ? models[0].model : "models";
  const htmlPath = `.metricgate/${name}/${chainFiles.report}`;
  await workspace.write(htmlPath, renderHtml(view));
  const reportUrl =
    request.html === false || publisher.html === undefined
      ? undefined
      : await attempt("html", async () => publisher.html?.(htmlPath));
  const linked: ReportView = {
    ...view,
    links: { ...view.links, ...(reportUrl === undefined ? {} : { report: reportUrl }) },
  };

  const when = request.comment ?? ports.commentWhen ?? "changes";
  if (publisher.comment !== undefined && change.pullRequest !== undefined && when !== "never") {
    const posted = await attempt("comment", async () =>
      publisher.comment?.({
        key: request["comment-key"] ?? "",
        state: stateOf(view),
        summary: tally(models),
        body: (earlier, exists) =>
          silentComment(view, when, exists)
            ? undefined
            : renderComment({ ...linked, earlier }, { marker: "" }).trimStart(),
      }),
    );
    if (posted !== undefined)
      ports.messages.info(`Comment: ${posted.outcome}${posted.url === undefined ? "" : ` ${posted.url}`}`);
  }
  if (request.check === true && publisher.check !== undefined)
    await attempt("check", async () => publisher.check?.(renderCheck(linked)));
  for (const text of advice) ports.messages.warn(text);
  publisher.annotate?.(annotationsOf(linked));
  const asked = approvalEnvironment(request["approval-summary"]);
  const approval =
    asked === undefined ? "" : await approvalText(asked, models, { ...ports, ...ports.approval, links: linked.links });
  await publisher.summary?.(`${approval}${renderSummary({ ...linked, advice })}`);
  const verdict = worst(
    models.flatMap((model) => (model.verdict?.verdict === undefined ? [] : [model.verdict.verdict])),
  );
  return {
    state: stateOf(view),
    view: linked,
    advice,
    ...(verdict === undefined ? {} : { verdict }),
    ...(reportUrl === undefined ? {} : { reportUrl }),
  };
}

async function readModels(request: ReportRequest, ports: ReportPorts): Promise<ModelReport[]> {
  const patterns = request.verdict ?? [`.metricgate/*/${chainFiles.verdict}`];
  const paths = await ports.workspace.find(patterns);
  if (paths.length === 0 && (ports.crashed ?? []).length === 0 && request.expect === undefined) {
    throw new UserError(
      "no-verdict",
      `no verdict matches ${patterns.join(", ")}`,
      "Run `gate` before, or give `verdict:`.",
      { file: patterns[0] ?? "" },
    );
  }
  return modelReports(paths, ports);
}

/** The worst of several verdicts; absent when there are none. */
export function worst(verdicts: readonly ("pass" | "warn" | "fail")[]): "pass" | "warn" | "fail" | undefined {
  return (["fail", "warn", "pass"] as const).find((verdict) => verdicts.includes(verdict));
}

function tally(models: readonly ModelReport[]): string {
  const all = models.flatMap(({ verdict }) => verdict?.gates ?? []);
  const passed = all.filter((gate: Verdict["gates"][number]) => gate.verdict === "pass").length;
  const verdict = worst(
    models.flatMap((model) => (model.verdict?.verdict === undefined ? [] : [model.verdict.verdict])),
  );
  return `${verdict ?? "not judged"} ${passed}/${all.length}`;
}
