import type { RunnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { deactivateOthers, openDeployment, setDeploymentState } from "@metricgate/github/deployments";
import { explainFailure } from "@metricgate/github/failure";
import type { DeploymentLog } from "@metricgate/pipeline/deploy/deploy-ports";

/** Writes the promotion as a GitHub Deployment. Where the token may not, the promotion goes on and a warning names the permission. */
export async function deploymentLog(
  model: string,
  environment: string,
  ports: RunnerPorts,
): Promise<DeploymentLog | undefined> {
  const { change, runner, messages } = ports;
  const run = change.run;
  const sha = change.sha;
  const repo = runner.repository;
  if (run === undefined || sha === undefined || repo === undefined) return undefined;
  const client = await ports.client();
  const url = `${runner.serverUrl}/${repo}/actions/runs/${run.id}`;
  let id: number | undefined;
  const guarded = async (effect: () => Promise<void>) => {
    try {
      await effect();
    } catch (thrown) {
      const { text, next } = explainFailure(
        thrown,
        { permission: "deployments: write", what: "write a deployment" },
        {},
      );
      messages.warn(`${text} ${next}`);
    }
  };
  return {
    start: (_, modelDigest) =>
      guarded(async () => {
        const opened = await openDeployment(client, {
          repo,
          sha,
          environment,
          model,
          modelDigest,
          run,
          description: `${model} ${modelDigest.slice(0, 19)}`,
          production: environment === "production",
        });
        id = opened.id;
        await setDeploymentState(client, {
          repo,
          id,
          state: "in_progress",
          description: "promoting and testing",
          logUrl: url,
        });
      }),
    async finish(state, text) {
      await guarded(async () => {
        if (id === undefined) return;
        await setDeploymentState(client, { repo, id, state, description: text, logUrl: url });
        if (state === "success") await deactivateOthers(client, { repo, environment, model, keep: id });
      });
      return id === undefined ? undefined : url;
    },
  };
}
