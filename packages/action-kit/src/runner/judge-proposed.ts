import { filesOfRecord } from "@metricgate/core/baselines/record-files";
import { readArtifactName } from "@metricgate/core/documents/artifact-name";
import { UserError } from "@metricgate/core/errors/user-error";
import { NO_MAX_DROP } from "@metricgate/core/policy/default-max-drop";
import type { ListedArtifact } from "@metricgate/github/artifact-zip";
import type { MeasuredRun } from "@metricgate/github/measured-run";
import { gate } from "@metricgate/pipeline/gate/gate";
import type { EarlierAttempt } from "@metricgate/pipeline/gate/gate-ports";
import { policyProblems, silentModels } from "@metricgate/pipeline/report/expected-models";
import { checkOneEvaluation, receiveProposed } from "@metricgate/pipeline/trusted/proposed-documents";
import { refusedModel } from "@metricgate/pipeline/trusted/refused-model";
import type { ModelReport } from "@metricgate/report/view";
import type { RunnerPorts } from "./runner-ports.ts";

/** Which model's documents an artifact holds, and of which attempt. */
const documentsOf = (name: string) => readArtifactName("evaluation", name) ?? readArtifactName("verdict", name);

/** The models that a run uploaded documents of. */
export function modelsIn({ artifacts }: MeasuredRun): string[] {
  return artifacts.flatMap(({ name }) => documentsOf(name)?.model ?? []);
}

/**
 * Judges anew what a pull request's run uploaded of one model, with the base's policy and baseline, and leaves the verdict in the model's chain folder.
 * @returns what stands in the report instead when its documents are missing or cannot be believed
 */
export async function judgeProposed(
  model: string,
  policy: string,
  run: MeasuredRun,
  ports: RunnerPorts,
): Promise<ModelReport | undefined> {
  const repo = ports.runner.repository ?? "";
  const client = await ports.client();
  const { readArtifact } = await import("@metricgate/github/artifact-zip");
  const { testsHead } = await import("@metricgate/github/measured-run");
  const attempts = byAttempt(model, run.artifacts);
  const [newest, ...earlier] = attempts;
  if (newest === undefined) return silentModels([model], await policyProblems(policy, ports))[0];
  try {
    const archives = [];
    for (const artifact of newest.artifacts) archives.push(await readArtifact(client, repo, artifact));
    checkOneEvaluation(model, archives, ports.hashing);
    const sha = await receiveProposed(model, archives[0] ?? new Map(), run.facts.id, ports);
    if (!testsHead(sha, await ports.parentsOf(sha), run.facts.sha))
      throw new UserError(
        "commit-differs",
        `the evaluation of ${model} names the commit ${sha}, which is neither ${run.facts.sha} nor a merge of it`,
        "Run the pull request's workflow again.",
      );
    const committedAt = await ports.committedAt(sha);
    const earlierAttempts = async () => {
      const found: EarlierAttempt[] = [];
      for (const { attempt, artifacts } of earlier.toReversed()) {
        const [artifact] = artifacts;
        if (artifact === undefined) continue;
        const files = await readArtifact(client, repo, artifact);
        const measured = await filesOfRecord(async (name) => files.get(name));
        if (measured !== undefined) found.push({ attempt, ...measured });
      }
      return found;
    };
    const change = { ...ports.change, sha, ...(committedAt === undefined ? {} : { committedAt }) };
    // An author's numbers are judged by rules of the base branch or not at all: the default margin is nobody's rule.
    await gate({ model, policy, "max-drop": NO_MAX_DROP }, { ...ports, change, earlierAttempts });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    return refusedModel(model, thrown.problems);
  }
}

/** A model's artifacts that are still kept, newest attempt first. */
function byAttempt(
  model: string,
  artifacts: readonly ListedArtifact[],
): { attempt: number; artifacts: ListedArtifact[] }[] {
  const found = new Map<number, ListedArtifact[]>();
  for (const artifact of artifacts) {
    const named = documentsOf(artifact.name);
    if (named?.model !== model || artifact.expired) continue;
    const { attempt } = named;
    found.set(attempt, [...(found.get(attempt) ?? []), artifact]);
  }
  return [...found].map(([attempt, own]) => ({ attempt, artifacts: own })).sort((a, b) => b.attempt - a.attempt);
}
