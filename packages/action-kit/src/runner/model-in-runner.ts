import { modelNameOf } from "@metricgate/pipeline/policy/model-policy";
import { workTreePolicy } from "@metricgate/pipeline/policy/work-tree-policy";
import type { RunnerPorts } from "./runner-ports.ts";

/** The model that a step is about, by the rule of `modelNameOf`. A policy that cannot be read names none; the verb that needs it says so. */
export async function modelInRunner(
  given: { model?: string | undefined; policy: string },
  { workspace }: RunnerPorts,
): Promise<string> {
  if (given.model !== undefined) return given.model;
  const silent = { info: () => undefined, warn: () => undefined };
  const found = await workTreePolicy(workspace, given.policy, undefined, silent).catch(() => undefined);
  return modelNameOf(undefined, found?.policy);
}
