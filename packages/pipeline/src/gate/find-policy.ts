import { canonical, type Json } from "@metricgate/core/documents/canonical";
import type { PolicyFound } from "@metricgate/core/documents/selection";
import { DEFAULT_MAX_DROP, NO_MAX_DROP } from "@metricgate/core/policy/default-max-drop";
import type { Policy } from "@metricgate/core/policy/schema";
import { modelPolicyOf, policyFor } from "../policy/model-policy.ts";
import { isProposed, judgingCommit } from "../policy/policy-at.ts";
import { policyMayBeAbsent } from "../policy/policy-wanted.ts";
import { workspacePath } from "../workspace/workspace-path.ts";
import type { GatePorts, GateRequest } from "./gate-ports.ts";

/** The policy that judges, its bytes, and how it was found. `policy` is absent where there is none. */
export interface PolicyChoice {
  policy?: Policy;
  text?: string;
  found: PolicyFound;
  /** The models of the base's policy; none where the base has no policy. */
  baseModels: string[];
  /** The models that the change's own policy names; the base's where the change has none at hand. */
  modelsHere: string[];
}

/**
 * Finds the policy: that of the base where a change is proposed, so that nobody loosens their own gate; where the base has none, the
 * change's own, and then the verdict is advisory. A model that the base's policy does not name is judged by the change's entry inside
 * the base's frame, advisory too. On a push and on a laptop it is the policy of the tested commit.
 * Where there is none at all, `max-drop` judges, and its default where it is not given.
 * @throws UserError `policy-error` with file and line, `policy-missing` when a file that was named is neither at the base nor here
 */
export async function findPolicy(request: GateRequest, model: string, ports: GatePorts): Promise<PolicyChoice> {
  const { change, workspace, hashing, messages } = ports;
  const path = workspacePath(workspace.root, request.policy);
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const here = (await workspace.exists(path)) ? decode(await workspace.read(path)) : undefined;
  const read = async (text: string, name: string): Promise<Policy> => {
    const { policy, warnings } = await policyFor(text, name, model);
    for (const warning of warnings) messages.warn(warning);
    return policy;
  };
  const proposed = isProposed(change);
  const ref = judgingCommit(change);
  const asked = ref !== undefined && ports.policyAt !== undefined && (proposed || here === undefined);
  const there = asked && ref !== undefined ? await ports.policyAt?.(path, ref) : undefined;
  const atBase = proposed && there !== undefined;
  const text = there === undefined ? here : decode(there);
  if (text === undefined) {
    policyMayBeAbsent(path);
    return {
      found: { changedHere: false, advisory: false, ...marginAsked(request["max-drop"], false) },
      baseModels: [],
      modelsHere: [],
    };
  }
  const policy = await read(text, path);
  // What is wrong with a proposed policy is told when it is merged; here its models are wanted.
  const own = here === undefined ? policy : await asFarAsValid(here, path);
  const entry = atBase && !Object.hasOwn(policy.models, model) ? modelPolicyOf(own, model) : undefined;
  // JSON is YAML, so the composed policy is read like any other.
  const composed = entry === undefined ? undefined : { ...policy, models: { [model]: entry } };
  const judging = composed === undefined ? text : `${canonical(composed as Json)}\n`;
  return {
    policy: composed ?? policy,
    text: judging,
    baseModels: atBase ? Object.keys(policy.models) : [],
    modelsHere: Object.keys(own?.models ?? {}),
    found: {
      path,
      digest: hashing.text(judging),
      ...(ref === undefined || there === undefined ? {} : { ref }),
      changedHere: atBase && here !== undefined && here !== text,
      advisory: proposed && (!atBase || composed !== undefined),
      ...marginAsked(request["max-drop"], true),
    },
  };
}

/** The margin that was asked for; without it and without a policy the default. */
function marginAsked(given: string | undefined, policy: boolean): Pick<PolicyFound, "maxDrop" | "maxDropDefault"> {
  if (given === NO_MAX_DROP) return {};
  if (given !== undefined) return { maxDrop: given };
  return policy ? {} : { maxDrop: DEFAULT_MAX_DROP, maxDropDefault: true };
}

async function asFarAsValid(text: string, path: string): Promise<Policy | undefined> {
  const { readPolicy } = await import("@metricgate/formats/policy/read-policy");
  return readPolicy(text, path).policy;
}
