import { userErrorOf } from "@metricgate/core/errors/user-error";
import type { ModelPolicy, Policy } from "@metricgate/core/policy/schema";

/** A policy that was read, and whether it has anything to say about the model in question. */
export interface PolicyRead {
  policy: Policy;
  warnings: string[];
}

/**
 * Reads a policy for one model. A problem inside another model is that model's alone.
 * @throws UserError `policy-error` with every problem of the frame and of this model
 */
export async function policyFor(text: string, name: string, model: string | undefined): Promise<PolicyRead> {
  // The YAML reader is loaded when there is a policy: a gate without one starts faster.
  const { readPolicy } = await import("@metricgate/formats/policy/read-policy");
  const { policy, problems } = readPolicy(text, name);
  const mine = problems.filter(
    (problem) => problem.model === undefined || model === undefined || problem.model === model,
  );
  if (policy === undefined || mine.length > 0) throw userErrorOf(mine.length > 0 ? mine : problems);
  return { policy, warnings: problems.map((problem) => `${problem.text} (model ${problem.model})`) };
}

/** The name of the model: as given, the policy's only model, else `model`. */
export function modelNameOf(given: string | undefined, policy: Policy | undefined): string {
  if (given !== undefined) return given;
  const names = Object.keys(policy?.models ?? {});
  return names.length === 1 && names[0] !== undefined ? names[0] : "model";
}

/** The policy's part about a model. */
export function modelPolicyOf(policy: Policy | undefined, model: string): ModelPolicy | undefined {
  return policy !== undefined && Object.hasOwn(policy.models, model) ? policy.models[model] : undefined;
}
