import { UserError } from "@metricgate/core/errors/user-error";
import { type Planned, planModels, type TouchedFiles } from "@metricgate/core/plan/changed-models";
import type { Policy } from "@metricgate/core/policy/schema";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { policyToPlan } from "./policy-to-plan.ts";

/** The inputs of the verb. */
export interface PlanRequest {
  policy: string;
}

export interface PlanPorts {
  workspace: Workspace;
  messages: Messages;
  /** The files that the change touches; undefined where that cannot be known. */
  touchedFiles(): Promise<TouchedFiles | undefined>;
}

/** Every model of the policy in the work tree, and whether the change can have changed it. @throws UserError `policy-missing`, `policy-error` */
export async function plan(request: PlanRequest, ports: PlanPorts): Promise<Planned[]> {
  const { workspace, messages } = ports;
  if (!(await workspace.exists(request.policy))) {
    throw new UserError(
      "policy-missing",
      `there is no policy ${request.policy}`,
      "Run `metricgate init`, or name the file in `policy`.",
      {
        file: request.policy,
      },
    );
  }
  const policy = await readable(
    new TextDecoder().decode(await workspace.read(request.policy)),
    request.policy,
    messages,
  );
  return planModels(policy, request.policy, await ports.touchedFiles());
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
