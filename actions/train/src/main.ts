import { runAction } from "@metricgate/action-kit/frame/run-action";
import { isPost } from "@metricgate/action-kit/frame/step-state";
import { runnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { artifactName } from "@metricgate/core/documents/artifact-name";
import { train } from "@metricgate/pipeline/train/train";
import { checkpointPlan, checkpoints, saveCheckpoint } from "./checkpoint.ts";
import { inputs } from "./inputs.ts";

/** `train`: runs the command; afterwards, also when it was cancelled, the post step saves the checkpoint. */
export async function main(): Promise<void> {
  if (isPost()) return saveCheckpoint();
  await runAction("train", inputs, async (given) => {
    const ports = await runnerPorts(given);
    const plan =
      given.checkpoint === undefined
        ? undefined
        : checkpointPlan(await ports.workspace.resolve(given.checkpoint), given.model ?? "model", ports.change);
    const result = await train(given, {
      ...ports,
      ...(plan === undefined ? {} : { checkpoints: checkpoints(plan, ports.messages) }),
    });
    if (given.upload && result.path !== undefined && result.manifest !== undefined && ports.runner.hasArtifacts) {
      const name = artifactName("model", result.model, ports.change.run?.attempt ?? 1);
      await (await ports.artifacts()).upload(
        name,
        await ports.workspace.resolve(result.path),
        result.manifest.files.map(({ path }) => path),
      );
      ports.messages.info(`Uploaded the model as ${name}`);
    }
    return { outputs: { "model-digest": result.digest, "result-file": result.files.at(-1) } };
  });
}
