import { UserError } from "@metricgate/core/errors/user-error";
import { closest } from "@metricgate/core/inputs/closest";
import { normalPath } from "@metricgate/core/plan/repository-path";
import { DEFAULT_POLICY_PATH } from "@metricgate/core/policy/default-path";
import type { Policy } from "@metricgate/core/policy/schema";

/** That a policy file is not where it was looked for. `next` says what to do instead of naming another file. */
export function policyMissing(path: string, next: string): UserError {
  return new UserError("policy-missing", `there is no policy ${path}`, next, { file: path });
}

/** Whether a path is that of the policy which nobody needs to name. */
export function isDefaultPolicy(path: string): boolean {
  return normalPath(path) === DEFAULT_POLICY_PATH;
}

/** That the file which the input `policy` names is not there. */
export function namedPolicyMissing(path: string): UserError {
  const next = `Correct the path, or leave \`policy\` out: without it ${DEFAULT_POLICY_PATH} is read where it exists.`;
  return policyMissing(path, next);
}

/** Nothing is done in the name of a policy that is not there. @throws UserError `policy-missing` unless `path` is the default */
export function policyMayBeAbsent(path: string): void {
  if (!isDefaultPolicy(path)) throw namedPolicyMissing(path);
}

/**
 * A model that was named must be one of the policy's, which would judge nothing otherwise.
 * @throws UserError `model-unknown` with the name that is likely meant
 */
export function checkModelNamed(model: string | undefined, policy: Policy, path: string): void {
  if (model === undefined || Object.hasOwn(policy.models, model)) return;
  const names = Object.keys(policy.models);
  const near = closest(model, names);
  throw new UserError(
    "model-unknown",
    `${path} has no model ${model}, so nothing would be judged; it has ${names.join(", ")}`,
    near === undefined ? "Name one of its models, or add this one to the policy." : `Did you mean \`${near}\`?`,
    { file: path },
  );
}
