import type { Digest } from "@metricgate/core/documents/digest";
import type { Manifest } from "@metricgate/core/documents/manifest";
import type { Exit, Resources, Training, TrainingRun } from "@metricgate/core/documents/training";
import type { CrashError } from "@metricgate/core/errors/crash-error";
import { UserError } from "@metricgate/core/errors/user-error";
import { buildManifest } from "@metricgate/core/manifest/model-digest";
import type { Change } from "@metricgate/core/ports/change";
import type { Engine } from "@metricgate/core/ports/engine";
import type { Progress } from "@metricgate/core/ports/progress";
import { listModelFiles } from "@metricgate/targets/list-model-files";
import { chainFiles, chainFolder } from "../chain/folder.ts";
import { writeDocument } from "../chain/write-document.ts";
import { sourceOf } from "../evaluate/evaluate.ts";
import { modelNameOf } from "../policy/model-policy.ts";
import type { PolicyAt } from "../policy/policy-at.ts";
import { wantedPolicy } from "../policy/wanted-policy.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { allResources } from "./all-resources.ts";
import { paramsOf } from "./params.ts";
import { type PlannedRun, plannedRuns } from "./planned-runs.ts";
import { crashOf } from "./run-command.ts";

/** The inputs of the verb, as the action and the command line name them. */
export interface TrainRequest {
  model?: string | undefined;
  policy: string;
  run: string;
  path?: string | undefined;
  checkpoint?: string | undefined;
  "pass-env"?: string[] | undefined;
  grace?: number | undefined;
  params?: string[] | undefined;
  repeat?: number | undefined;
  seeds?: string[] | undefined;
}

/** Keeps a folder between runs. Both say what happened in words; neither throws for a cache that refuses. */
export interface CheckpointKeeper {
  restore(folder: string): Promise<boolean>;
}

export interface TrainPorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  engine: Engine;
  checkpoints?: CheckpointKeeper;
  /** The policy file at a commit, for one that was named and is not here. */
  policyAt?: PolicyAt;
  progress?: Progress;
}

export interface TrainResult {
  model: string;
  digest?: Digest;
  manifest?: Manifest;
  /** The folder of the model: of the first run, where there are several. */
  path?: string;
  training: Digest;
  files: string[];
}

/**
 * Runs the training command, then writes the manifest of the model's files and the training record.
 * The record is also written for a command that failed; then the failure is thrown.
 * @throws UserError `policy-missing` before anything runs
 */
export async function train(request: TrainRequest, ports: TrainPorts): Promise<TrainResult> {
  const { workspace, hashing, messages, change, engine } = ports;
  const found = await wantedPolicy(request, ports);
  const model = modelNameOf(request.model, found?.policy);
  const params = paramsOf(request.params ?? []);
  const checkpoint = request.checkpoint;
  const restored =
    checkpoint === undefined
      ? false
      : ((await ports.checkpoints?.restore(await workspace.resolve(checkpoint))) ?? false);
  if (restored) messages.info(`Restored the checkpoint in ${checkpoint}`);

  const plan = plannedRuns(request);
  const ran = await runAll(plan, model, params.environment, request, ports);
  const { failure, exit } = ran;
  const manifest = failure === undefined ? ran.manifests[0] : undefined;
  const folder = chainFolder(model);
  const files: string[] = [];
  const manifestDigest =
    manifest === undefined
      ? undefined
      : await writeDocument(workspace, `${folder}/${chainFiles.manifest}`, manifest, hashing);
  if (manifest !== undefined) files.push(`${folder}/${chainFiles.manifest}`);
  const record: Training = {
    kind: "metricgate/training@1",
    model: { name: model, ...(manifest === undefined ? {} : { digest: manifest.digest }) },
    source: sourceOf(change),
    command: request.run,
    ...(Object.keys(params.record).length === 0 ? {} : { params: params.record }),
    exit,
    ...(ran.runs.length === 0 ? {} : { runs: ran.runs }),
    ...(checkpoint === undefined ? {} : { checkpoint: { path: checkpoint, restored } }),
    ...(manifestDigest === undefined ? {} : { manifest: manifestDigest }),
    run: { ...change.run, engine: engine.name, resources: ran.resources },
  };
  const training = await writeDocument(workspace, `${folder}/${chainFiles.training}`, record, hashing);
  files.push(`${folder}/${chainFiles.training}`);
  if (failure !== undefined) throw failure;
  const path = plan[0]?.path;
  return {
    model,
    training,
    files,
    ...(path === undefined ? {} : { path }),
    ...(manifest === undefined ? {} : { digest: manifest.digest, manifest }),
  };
}

interface Ran {
  exit: Exit;
  resources: Resources;
  failure: CrashError | undefined;
  manifests: Manifest[];
  /** For the record: none where the command ran once and without a seed. */
  runs: TrainingRun[];
}

/** Runs the command once for each planned run, one after the other; the first that fails is the last. */
async function runAll(
  plan: readonly PlannedRun[],
  model: string,
  environment: Record<string, string>,
  request: TrainRequest,
  ports: TrainPorts,
): Promise<Ran> {
  const used: Resources[] = [];
  const manifests: Manifest[] = [];
  const runs: TrainingRun[] = [];
  let exit: Exit = { interrupted: false };
  let failure: CrashError | undefined;
  for (const { run, seed, path, environment: own } of plan) {
    ports.messages.info(
      seed === undefined
        ? `train: ${request.run}`
        : `train, run ${run} of ${plan.length}, seed ${seed}: ${request.run}`,
    );
    const result = await ports.engine.run({
      command: request.run,
      directory: ports.workspace.root,
      environment: { ...environment, ...own },
      passEnv: request["pass-env"] ?? [],
      graceSeconds: request.grace ?? 7,
    });
    used.push(result.resources);
    exit = result.exit;
    const which = seed === undefined ? "" : ` of run ${run} of ${plan.length} (seed ${seed})`;
    failure = crashOf("train", request.run, result, which);
    const made = failure === undefined && path !== undefined ? await manifestOf(model, path, ports) : undefined;
    if (made !== undefined) manifests.push(made);
    if (seed !== undefined) runs.push({ seed, ...(made === undefined ? {} : { model: made.digest }), exit });
    if (failure !== undefined) break;
  }
  return { exit, failure, manifests, runs, resources: allResources(used) };
}

async function manifestOf(
  model: string,
  path: string,
  { workspace, hashing, progress }: TrainPorts,
): Promise<Manifest> {
  if (!(await workspace.exists(path))) {
    throw new UserError(
      "model-missing",
      `the training command ended well, but ${path} does not exist`,
      "Check `path`: the folder that the command writes the model to.",
      { file: path },
    );
  }
  const files = await listModelFiles(await workspace.resolve(path), progress);
  if (files.length === 0)
    throw new UserError(
      "model-missing",
      `${path} holds no files`,
      "Check `path`: the folder that the command writes the model to.",
      { file: path },
    );
  return buildManifest(model, files, hashing.text);
}
