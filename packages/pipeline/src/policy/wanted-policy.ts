import type { Policy } from "@metricgate/core/policy/schema";
import type { Change } from "@metricgate/core/ports/change";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { workspacePath } from "../workspace/workspace-path.ts";
import { policyFor } from "./model-policy.ts";
import { judgingCommit, type PolicyAt } from "./policy-at.ts";
import { isDefaultPolicy, policyMayBeAbsent } from "./policy-wanted.ts";
import { workTreePolicy } from "./work-tree-policy.ts";

export interface WantedPolicyPorts {
  workspace: Workspace;
  messages: Messages;
  /** With `policyAt`: a job without a checkout has no work tree. */
  change?: Change;
  policyAt?: PolicyAt;
}

/**
 * The policy that a verb which judges nothing follows: that of the work tree. A file that was named and is not there is taken from where `gate`
 * would take it; the default may be absent.
 * @throws UserError `policy-missing` when a file that was named is nowhere, `policy-error`
 */
export async function wantedPolicy(
  request: { policy: string; model?: string | undefined },
  { workspace, messages, change, policyAt }: WantedPolicyPorts,
): Promise<{ policy: Policy; text: string } | undefined> {
  const here = await workTreePolicy(workspace, request.policy, request.model, messages);
  if (here !== undefined) return here;
  const path = workspacePath(workspace.root, request.policy);
  const ref = change === undefined || isDefaultPolicy(path) ? undefined : (judgingCommit(change) ?? change.sha);
  const there = ref === undefined ? undefined : await policyAt?.(path, ref);
  if (there === undefined) {
    policyMayBeAbsent(path);
    return undefined;
  }
  const text = new TextDecoder().decode(there);
  const { policy, warnings } = await policyFor(text, path, request.model);
  for (const warning of warnings) messages.warn(warning);
  return { policy, text };
}
