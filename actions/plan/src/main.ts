import { runAction } from "@metricgate/action-kit/frame/run-action";
import { runnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { plan } from "@metricgate/pipeline/plan/plan";
import { inputs } from "./inputs.ts";

/** `plan`: says which models of the policy the change can have changed. */
export async function main(): Promise<void> {
  await runAction("plan", inputs, async (given) => {
    const ports = await runnerPorts({ ...given, store: "artifact" });
    const planned = await plan(given, ports);
    for (const { model, changed, because } of planned)
      ports.messages.info(`${changed ? "changed" : "unchanged"}: ${model}, ${because}`);
    return { outputs: { models: JSON.stringify(planned.flatMap(({ model, changed }) => (changed ? [model] : []))) } };
  });
}
