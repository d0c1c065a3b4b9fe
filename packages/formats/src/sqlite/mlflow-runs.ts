import { UserError } from "@metricgate/core/errors/user-error";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { shown } from "../text/shown.ts";
import type { SqliteFile } from "./sqlite-file.ts";

/** A finished run of MLflow that is not deleted. */
export interface MlflowRun {
  id: string;
  name: string;
  experiment: string;
  experimentId: string;
  /** Milliseconds since 1970. */
  endedAt: number;
  startedAt: number;
}

/** The finished runs of a database, the one that ended last first. @throws UserError as `SqliteFile.rows` */
export async function mlflowRuns(database: SqliteFile): Promise<MlflowRun[]> {
  const experiments = new Map<unknown, string>();
  for await (const [id, name, stage] of database.rows("experiments", ["experiment_id", "name", "lifecycle_stage"]))
    if (stage !== "deleted") experiments.set(id, String(name));
  const runs: MlflowRun[] = [];
  const columns = ["run_uuid", "name", "experiment_id", "status", "lifecycle_stage", "start_time", "end_time"];
  for await (const [id, name, experimentId, status, stage, start, end] of database.rows("runs", columns)) {
    const experiment = experiments.get(experimentId);
    if (typeof id !== "string" || experiment === undefined || stage === "deleted" || status !== "FINISHED") continue;
    runs.push({
      id,
      name: typeof name === "string" ? name : "",
      experiment,
      experimentId: String(experimentId),
      endedAt: Number(end ?? 0),
      startedAt: Number(start ?? 0),
    });
  }
  return runs.sort((a, b) => b.endedAt - a.endedAt || b.startedAt - a.startedAt || codePointOrder(a.id, b.id));
}

/**
 * The run that is meant: the one that ended last in the only experiment, or in the one that `part` names, or the run that it names
 * (`EXPERIMENT`, `RUN` or `EXPERIMENT/RUN`, by name or id).
 * @param runs the one that ended last first
 * @throws UserError `mlflow-run-missing`, `mlflow-run-unclear`
 */
export function chooseRun(runs: readonly MlflowRun[], part: string | undefined, file: string): MlflowRun {
  const experiments = [...new Set(runs.map(({ experiment }) => experiment))].sort(codePointOrder);
  const say = `${file}#EXPERIMENT or ${file}#EXPERIMENT/RUN`;
  const listed = `Its experiments with finished runs are ${experiments.slice(0, 12).map(shown).join(", ")}.`;
  const [latest] = runs;
  if (latest === undefined) {
    const text = `${file} holds no finished run that is not deleted.`;
    throw new UserError("mlflow-run-missing", text, "Let the run end (mlflow.end_run) before this step.", { file });
  }
  if (part === undefined) {
    if (experiments.length === 1) return latest;
    const text = `${file} holds finished runs of ${experiments.length} experiments, and nothing says which is meant.`;
    throw new UserError("mlflow-run-unclear", text, `Write ${say}. ${listed}`, { file });
  }
  const inExperiment = runs.filter((run) => run.experiment === part || run.experimentId === part);
  if (inExperiment[0] !== undefined) return inExperiment[0];
  const named = runs.filter(
    (run) =>
      [run.id, run.name].includes(part) ||
      [run.experiment, run.experimentId].some((of) => [`${of}/${run.id}`, `${of}/${run.name}`].includes(part)),
  );
  const [run, other] = named;
  if (run === undefined) {
    const text = `${file} holds no finished run or experiment ${shown(part)}.`;
    throw new UserError("mlflow-run-missing", text, `Write ${say}. ${listed}`, { file });
  }
  if (other === undefined) return run;
  const text = `${file} holds ${named.length} finished runs ${shown(part)}.`;
  const ids = named.slice(0, 12).map(({ id }) => id);
  throw new UserError("mlflow-run-unclear", text, `Write the id of the one that is meant: ${ids.join(", ")}.`, {
    file,
  });
}
