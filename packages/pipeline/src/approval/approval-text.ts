import { renderApproval } from "@metricgate/report/approval/render-approval";
import { utf8Bytes } from "@metricgate/report/escape/size";
import type { ModelReport } from "@metricgate/report/view";
import { type ApprovalPorts, approvalView } from "./approval-view.ts";

/** A job summary holds 1 MiB, of which the report itself takes at most 1,000,000 bytes. */
const mostBytes = 45_000;

/** The environment that the input `approval-summary` names: `true` stands for `production`, nothing and `false` for none. */
export function approvalEnvironment(given: string | undefined): string | undefined {
  if (given === undefined || given === "false") return undefined;
  return given === "true" ? "production" : given;
}

/** The approval summaries of all models one after the other, as Markdown; those that no longer fit are counted. */
export async function approvalText(
  environment: string,
  models: readonly ModelReport[],
  ports: ApprovalPorts,
): Promise<string> {
  let text = "";
  for (const [at, model] of models.entries()) {
    const one = renderApproval(await approvalView(environment, model, ports));
    if (utf8Bytes(text) + utf8Bytes(one) > mostBytes)
      return `${text}${models.length - at} more to approve; their reports are below.\n\n`;
    text += `${one}\n`;
  }
  return text;
}
