import { type Planned, planModels, type TouchedFiles } from "@metricgate/core/plan/changed-models";
import type { Policy } from "@metricgate/core/policy/schema";
import { policyMissing } from "../policy/policy-wanted.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { workspacePath } from "../workspace/workspace-path.ts";
import { policyToPlan } from "./policy-to-plan.ts";

/** The inputs of the verb. */
export interface PlanRequest {
  policy: string;
}

export interface PlanPorts {
  workspace: Workspace;
  messages: Messages;
  /** The files that the change touches, as they are written from the workspace's root; undefined where that cannot be known. */
  touchedFiles(): Promise<TouchedFiles | undefined>;
}

/** Every model of the policy in the work tree, and whether the change can have changed it. @throws UserError `policy-missing`, `policy-error` */
export async function plan(request: PlanRequest, ports: PlanPorts): Promise<Planned[]> {
  const { workspace, messages } = ports;
  if (!(await workspace.exists(request.policy))) {
    throw policyMissing(request.policy, "Run `metricgate init`, or name the file in `policy`.");
  }
  const policy = await readable(
    new TextDecoder().decode(await workspace.read(request.policy)),
    request.policy,
    messages,
  );
  return planModels(policy, workspacePath(workspace.root, request.policy), await ports.touchedFiles());
}

async function readable(text: string, path: string, messages: Messages): Promise<Policy> {
  const { policy, problems } = await policyToPlan(text, path);
  if (policy === undefined) {
    const { userErrorOf } = await import("@metricgate/core/errors/user-error");
    throw userErrorOf(problems);
  }
  for (const problem of problems) messages.warn(`${problem.text} (model ${problem.model})`);
  return policy;
}
