import { mkdtemp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fetchDocuments } from "@metricgate/action-kit/runner/run-documents";
import type { RunnerPorts } from "@metricgate/action-kit/runner/runner-ports";
import { type ArtifactStage, artifactName, readArtifactName } from "@metricgate/core/documents/artifact-name";
import { UserError, userErrorOf } from "@metricgate/core/errors/user-error";
import { artifactsOfRun, type ListedArtifact, readArtifact } from "@metricgate/github/artifact-zip";
import { checkRun } from "@metricgate/github/verdict-run";
import { chainFiles, chainFolder } from "@metricgate/pipeline/chain/folder";

/**
 * Brings the documents of the verdict into the workspace: those that lie here, of this run, or of the run that was named.
 * A named run must be this repository's own, of the base branch or this commit, and it must have succeeded.
 * @throws UserError `run-refused`, `verdict-missing`
 */
export async function bringDocuments(model: string, runId: number | undefined, ports: RunnerPorts): Promise<void> {
  const here = await ports.workspace.exists(`${chainFolder(model)}/${chainFiles.verdict}`);
  if (runId === undefined || runId === ports.change.run?.id) {
    if (here || (await fetchDocuments("verdict", model, ports)) !== undefined) return;
    throw new UserError(
      "verdict-missing",
      `this run has no verdict about ${model}`,
      "Run `gate` in a job before this one, or name the run of the verdict by `run-id`.",
    );
  }
  const repo = ports.runner.repository ?? "";
  const client = await ports.client();
  const { facts, problems } = await checkRun(client, repo, runId, {
    events: ["push", "workflow_dispatch", "merge_group"],
    conclusion: "success",
    ...(ports.change.base === undefined ? {} : { branch: ports.change.base.branch }),
  });
  if (problems.length > 0) throw userErrorOf(problems);
  const kept = (await artifactsOfRun(client, repo, runId)).filter(({ expired }) => !expired);
  const newest = newestOf("verdict", model, kept)?.artifact;
  if (newest === undefined)
    throw new UserError(
      "verdict-missing",
      `run ${runId} has no verdict about ${model}`,
      "Name the run whose `gate` judged this model; its artifacts may have expired.",
      { url: facts.url },
    );
  for (const [name, bytes] of await readArtifact(client, repo, newest))
    await ports.workspace.write(`${chainFolder(model)}/${name}`, bytes);
}

/** Downloads the model's files of the run into a new folder. What they are is checked by digest before anything happens with them. */
export async function bringModel(
  model: string,
  runId: number | undefined,
  token: string | undefined,
  ports: RunnerPorts,
): Promise<string> {
  const folder = await mkdtemp(join(await ports.workspace.resolve(".metricgate"), "model-"));
  const artifacts = await ports.artifacts();
  const other =
    runId !== undefined && runId !== ports.change.run?.id
      ? { token: token ?? "", repo: ports.runner.repository ?? "", runId }
      : undefined;
  const newest =
    other === undefined ? (ports.change.run?.attempt ?? 1) : await newestAttempt(model, other.runId, ports);
  for (let attempt = newest; attempt >= 1; attempt -= 1) {
    try {
      await artifacts.downloadTo(folder, artifactName("model", model, attempt), other);
      return folder;
    } catch (thrown) {
      if (attempt === 1 || (await readdir(folder)).length > 0) throw thrown;
    }
  }
  return folder;
}

async function newestAttempt(model: string, runId: number, ports: RunnerPorts): Promise<number> {
  const all = await artifactsOfRun(await ports.client(), ports.runner.repository ?? "", runId);
  return newestOf("model", model, all)?.attempt ?? 1;
}

/** The artifact of a model that the latest attempt uploaded. */
function newestOf(
  stage: ArtifactStage,
  model: string,
  artifacts: readonly ListedArtifact[],
): { artifact: ListedArtifact; attempt: number } | undefined {
  return artifacts
    .flatMap((artifact) => {
      const named = readArtifactName(stage, artifact.name);
      return named?.model === model ? [{ artifact, attempt: named.attempt }] : [];
    })
    .sort((a, b) => b.attempt - a.attempt)[0];
}
