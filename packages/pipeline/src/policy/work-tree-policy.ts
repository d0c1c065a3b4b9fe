import type { Policy } from "@metricgate/core/policy/schema";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { policyFor } from "./model-policy.ts";

/** The policy as it lies in the work tree, which may be the pull request's own; absent when there is no file. */
export async function workTreePolicy(
  workspace: Workspace,
  path: string,
  model: string | undefined,
  messages: Messages,
): Promise<{ policy: Policy; text: string } | undefined> {
  if (!(await workspace.exists(path))) return undefined;
  const text = new TextDecoder("utf-8", { fatal: false }).decode(await workspace.read(path));
  const { policy, warnings } = await policyFor(text, path, model);
  for (const warning of warnings) messages.warn(warning);
  return { policy, text };
}
