import { type MetricHistory, metricHistory } from "@metricgate/core/baselines/metric-history";
import { UserError } from "@metricgate/core/errors/user-error";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import { readPast } from "../gate/read-past.ts";
import { modelNameOf } from "../policy/model-policy.ts";
import { wantedPolicy } from "../policy/wanted-policy.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";

/** The inputs of the verb, as the command line names them. */
export interface HistoryRequest {
  model?: string | undefined;
  policy: string;
  branch: string;
  limit: number;
}

export interface HistoryPorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  /** The commit whose first parents are looked along. */
  base: string;
  history: NonNullable<BaselineStore["history"]>;
}

/** The accepted values of a metric on the base branch. @throws UserError `metric-missing`, `policy-missing`, and those of `metricHistory` */
export async function history(
  metric: string | undefined,
  request: HistoryRequest,
  { workspace, hashing, messages, base, history: past }: HistoryPorts,
): Promise<MetricHistory> {
  if (metric === undefined)
    throw new UserError("metric-missing", "no metric was named", "Write `metricgate history METRIC`.");
  const found = await wantedPolicy(request, { workspace, messages });
  const model = modelNameOf(request.model, found?.policy);
  const records = await past({ model, branch: request.branch, base, window: request.limit });
  return metricHistory(model, metric, await readPast(records, hashing));
}
