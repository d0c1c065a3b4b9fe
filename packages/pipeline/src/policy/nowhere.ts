import type { UserError } from "@metricgate/core/errors/user-error";
import type { Change } from "@metricgate/core/ports/change";
import type { Workspace } from "../ports/workspace.ts";
import { workspacePath } from "../workspace/workspace-path.ts";
import type { PolicyAt } from "./policy-at.ts";
import { isDefaultPolicy, namedPolicyMissing } from "./policy-wanted.ts";

/**
 * That a policy which was named is nowhere, `policy-missing`: neither in the work tree nor at the tested commit or its base. For a verb that tells
 * before it stops. Undefined of the default path, which may be absent.
 */
export async function policyNowhere(
  named: string,
  { workspace, change, policyAt }: { workspace: Workspace; change: Change; policyAt?: PolicyAt },
): Promise<UserError | undefined> {
  const path = workspacePath(workspace.root, named);
  if (isDefaultPolicy(path) || (await workspace.exists(path))) return undefined;
  for (const ref of [change.base?.sha, change.sha])
    if (ref !== undefined && (await policyAt?.(path, ref)) !== undefined) return undefined;
  return namedPolicyMissing(path);
}
