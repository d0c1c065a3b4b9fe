import { filesOfRecord, recordFiles } from "@metricgate/core/baselines/record-files";
import { artifactName, readArtifactName } from "@metricgate/core/documents/artifact-name";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import { type Ancestry, ancestryOf } from "./ancestry.ts";
import { artifactsOfRun, type ListedArtifact, readArtifact } from "./artifact-zip.ts";
import { hubPlaces } from "./baseline-places/hub-places.ts";
import { needsOf } from "./baseline-places/needs.ts";
import type { Client } from "./client.ts";
import { explainFailure, redact } from "./failure.ts";
import { once } from "./once.ts";
import { failureOf } from "./patience.ts";
import { searchRecords } from "./record-search.ts";
import type { RecordOf } from "./record-source.ts";
import { ownerAndName } from "./repository.ts";

/** Uploads files under the name of a new artifact of this run; `false` when the run has one of that name already. */
export type UploadRecord = (name: string, files: ReadonlyMap<string, Uint8Array>) => Promise<boolean>;

export interface ArtifactStoreOptions {
  client: Client;
  repo: string;
  /** This workflow's file, as in `.github/workflows/gate.yml`: only its runs are believed. */
  workflowPath: string;
  /** The attempt of this run, which is part of a record's name. */
  attempt: number;
  upload: UploadRecord;
  /** For the advice when a request is refused. */
  change?: { fork?: boolean; dependabot?: boolean };
}

interface PushRun {
  id: number;
  sha: string;
}

/**
 * Baselines as artifacts of this workflow's push runs of the base branch. Runs of forks, of other workflows, of other
 * events, and of commits outside the base's history (a tag called like the branch) are not believed.
 * A record at the base costs three requests; answers are shared by the models of one job.
 */
export function artifactStore(o: ArtifactStoreOptions): BaselineStore {
  const runs = once((key: string) => pushRuns(o, key));
  const artifacts = once((runId: string) => artifactsOfRun(o.client, o.repo, Number(runId)));
  const ancestry = once((base: string): Promise<Ancestry> => ancestryOf(o.client, o.repo, base));
  const seen = new Set<string>();

  const recordAt = async (model: string, branch: string, sha: string): Promise<RecordOf> => {
    const listed = runs.has(branch) ? (await runs.get(branch)).filter((run) => run.sha === sha) : [];
    const ofCommit = listed.length > 0 ? listed : await runs.get(`${branch}\n${sha}`);
    const short = sha.slice(0, 7);
    if (ofCommit.length === 0) return { missing: "none", found: `no push run of this workflow at ${short}` };
    const all: ListedArtifact[] = [];
    for (const run of ofCommit) all.push(...(await artifacts.get(String(run.id))));
    for (const artifact of all) seen.add(recordIn(artifact)?.model ?? "");
    const records = recordsOf(model, all);
    const best = records.find((record) => !record.expired);
    if (best !== undefined) return readRecord(o, best, short);
    if (records.length > 0) return { missing: "expired", found: `the record of ${short} has expired` };
    return { missing: "none", found: `the push run at ${short} left no record of ${model}` };
  };

  return {
    name: "artifact",
    find: (query) =>
      searchRecords(
        {
          recordAt,
          recorded: async (_, branch) => new Set((await runs.get(branch)).map((run) => run.sha)),
          ancestry: ancestry.get,
          known: async () => [...seen].filter((model) => model !== "").sort(),
          ...hubPlaces(o.client, o.repo),
          explain: (error, from) => {
            const needs = needsOf(from, { permission: "actions: read", what: "read the artifacts of earlier runs" });
            const problem = explainFailure(error, needs, o.change ?? {});
            return `${problem.text} ${problem.next}`;
          },
        },
        query,
      ),
    async record(entry) {
      const name = artifactName("baseline", entry.model, o.attempt);
      return { written: await o.upload(name, recordFiles(entry.files)), where: `artifact ${name}` };
    },
  };
}

/** The runs of a key: a branch alone, or a branch and a commit on two lines. Newest first. */
async function pushRuns(o: ArtifactStoreOptions, key: string): Promise<PushRun[]> {
  const [branch = "", sha] = key.split("\n");
  const file = o.workflowPath.split("/").pop() ?? o.workflowPath;
  try {
    const { data } = await o.client.api.rest.actions.listWorkflowRuns({
      ...ownerAndName(o.repo),
      workflow_id: file,
      event: "push",
      branch,
      ...(sha === undefined ? {} : { head_sha: sha }),
      per_page: 100,
    });
    return data.workflow_runs
      .filter(
        (run) =>
          run.event === "push" &&
          run.head_branch === branch &&
          (sha === undefined || run.head_sha === sha) &&
          run.path.replace(/@.*$/, "") === o.workflowPath &&
          run.head_repository?.full_name.toLowerCase() === o.repo.toLowerCase(),
      )
      .map((run) => ({ id: run.id, sha: run.head_sha }));
  } catch (error) {
    // GitHub does not know the workflow before it has run once: nothing was recorded yet.
    if (failureOf(error).status === 404) return [];
    throw error;
  }
}

/** The records of a model, the highest attempt first; of one attempt the newest artifact. */
function recordsOf(model: string, artifacts: readonly ListedArtifact[]): ListedArtifact[] {
  return artifacts
    .flatMap((artifact) => {
      const record = recordIn(artifact);
      return record?.model === model ? [{ artifact, attempt: record.attempt }] : [];
    })
    .sort((a, b) => b.attempt - a.attempt || b.artifact.id - a.artifact.id)
    .map((record) => record.artifact);
}

function recordIn({ name }: ListedArtifact): ReturnType<typeof readArtifactName> {
  return readArtifactName("baseline", name);
}

async function readRecord(o: ArtifactStoreOptions, artifact: ListedArtifact, short: string): Promise<RecordOf> {
  let files: Map<string, Uint8Array>;
  try {
    files = await readArtifact(o.client, o.repo, artifact);
  } catch (error) {
    if (failureOf(error).status === 410) return { missing: "expired", found: `the record of ${short} has expired` };
    if (!(error instanceof UserError || error instanceof UnavailableError)) throw error;
    return { missing: "unavailable", found: `the record of ${short} cannot be read: ${redact(error.message)}` };
  }
  const found = await filesOfRecord(async (name) => files.get(name));
  if (found === undefined) {
    return { missing: "unavailable", found: `the record of ${short} holds no evaluation.json` };
  }
  return { files: found };
}
