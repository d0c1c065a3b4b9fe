import { filesOfRecord } from "@metricgate/core/baselines/record-files";
import { artifactName } from "@metricgate/core/documents/artifact-name";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { chainFiles, chainFolder } from "@metricgate/pipeline/chain/folder";
import type { EarlierAttempt } from "@metricgate/pipeline/gate/gate-ports";
import type { RunnerPorts } from "./runner-ports.ts";

/** The artifacts that carry a model's documents from job to job of one run. */
export type DocumentStage = "evaluation" | "verdict";

/** Uploads the chain folder of a model. Where it cannot be done the verdict stands, and a warning says what is missing. */
export async function uploadDocuments(stage: DocumentStage, model: string, ports: RunnerPorts): Promise<void> {
  if (!ports.runner.hasArtifacts) return;
  const folder = chainFolder(model);
  const files = await ports.workspace.find([`${folder}/*`, `!${folder}/${chainFiles.report}`, `!${folder}/*.part`]);
  const root = await ports.workspace.resolve(folder);
  try {
    const names = files.map((file) => file.slice(folder.length + 1));
    await (await ports.artifacts()).upload(artifactName(stage, model, ports.change.run?.attempt ?? 1), root, names);
  } catch (thrown) {
    ports.messages.warn(`The documents of ${model} were not uploaded: ${await words(thrown, ports)}`);
  }
}

async function words(thrown: unknown, { change }: RunnerPorts): Promise<string> {
  const { explainFailure } = await import("@metricgate/github/failure");
  const { text, next } = explainFailure(
    thrown,
    { permission: "actions: write", what: "upload an artifact" },
    { ...(change.fork === undefined ? {} : { fork: change.fork }) },
  );
  return `${text} ${next}`;
}

/**
 * Brings a model's documents of this run into the workspace, from this attempt or the newest before it.
 * @returns the attempt that they are of; nothing when no attempt of this run has them
 */
export async function fetchDocuments(
  stage: DocumentStage,
  model: string,
  ports: RunnerPorts,
): Promise<number | undefined> {
  if (!ports.runner.hasArtifacts) return undefined;
  for (let attempt = ports.change.run?.attempt ?? 1; attempt >= 1; attempt -= 1) {
    const files = await readOr(artifactName(stage, model, attempt), ports);
    if (files === undefined) continue;
    for (const [name, bytes] of files) await ports.workspace.write(`${chainFolder(model)}/${name}`, bytes);
    return attempt;
  }
  return undefined;
}

/** What the attempts of this run before `attempt` measured, oldest first. */
export async function earlierEvaluations(
  model: string,
  attempt: number,
  ports: RunnerPorts,
): Promise<EarlierAttempt[]> {
  const found: EarlierAttempt[] = [];
  if (!ports.runner.hasArtifacts) return found;
  for (let earlier = 1; earlier < attempt; earlier += 1) {
    for (const stage of ["verdict", "evaluation"] as const) {
      const files = await readOr(artifactName(stage, model, earlier), ports);
      const measured = await filesOfRecord(async (name) => files?.get(name));
      if (measured === undefined) continue;
      found.push({ attempt: earlier, ...measured });
      break;
    }
  }
  return found;
}

async function readOr(name: string, ports: RunnerPorts): Promise<Map<string, Uint8Array> | undefined> {
  try {
    return await (await ports.artifacts()).read(name);
  } catch (thrown) {
    if (thrown instanceof UnavailableError && thrown.problems.some(({ code }) => code === "artifact-missing"))
      return undefined;
    throw thrown;
  }
}
