import { modelPolicy, type Policy } from "@metricgate/core/policy/schema";
import type { PolicyProblem } from "@metricgate/formats/policy/read-policy";

/**
 * A policy to plan with. A model whose entry cannot be read stays in the plan, with its `paths` when these can be read, so that its own leg
 * says what is wrong with it and nobody else's does. No policy when a problem lies outside the models.
 */
export async function policyToPlan(
  text: string,
  path: string,
): Promise<{ policy?: Policy; problems: PolicyProblem[] }> {
  const { readPolicy } = await import("@metricgate/formats/policy/read-policy");
  const { policy, problems } = readPolicy(text, path);
  if (policy === undefined) return { problems };
  const broken = problems.flatMap(({ model }) => (model === undefined ? [] : [model]));
  if (broken.length === 0) return { policy, problems };
  const { readYaml } = await import("@metricgate/formats/yaml/read-yaml");
  const written = member(readYaml(text, path).value, "models");
  const entry = (model: string): [string, Policy["models"][string]] => {
    const whole = Object.getOwnPropertyDescriptor(policy.models, model)?.value;
    if (whole !== undefined) return [model, whole];
    const { data: paths } = modelPolicy.shape.paths.safeParse(member(member(written, model), "paths"));
    return [model, { gates: [], ...(paths === undefined ? {} : { paths }) }];
  };
  const inOrder = Object.keys(Object(written)).filter(
    (model) => Object.hasOwn(policy.models, model) || broken.includes(model),
  );
  return { policy: { ...policy, models: Object.fromEntries(inOrder.map(entry)) }, problems };
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}
