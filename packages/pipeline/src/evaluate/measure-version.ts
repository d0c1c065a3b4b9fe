import type { Evaluation, Metric } from "@metricgate/core/documents/evaluation";
import type { Note, Source } from "@metricgate/core/documents/fields";
import { metricKey } from "@metricgate/core/documents/metric-key";
import { type Problem, UserError, userErrorOf } from "@metricgate/core/errors/user-error";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import type { Change } from "@metricgate/core/ports/change";
import type { Progress } from "@metricgate/core/ports/progress";
import type { RowsFiles } from "../chain/rows-files.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";
import { checkMetrics } from "./check-metrics.ts";
import { evalSetOf } from "./eval-set.ts";
import type { EvaluateRequest } from "./evaluate-ports.ts";
import { keptRows } from "./kept-rows.ts";
import { measureFiles } from "./measure-files.ts";
import { measurePredictions } from "./measure-predictions.ts";
import { measureRepeats } from "./measure-repeats.ts";
import { modelDigestOf } from "./model-digest-of.ts";
import { nothingMeasured } from "./nothing-measured.ts";

/** Which version is measured: its model's name, where it comes from, and the run that measures it. */
export interface Version {
  model: string;
  source: Source;
  run: Change["run"];
}

/**
 * Measures one version from the files of a workspace.
 * @throws UserError `no-metrics`, `metric-twice`, and those of the readers
 */
export async function measureVersion(
  request: EvaluateRequest,
  policy: ModelPolicy | undefined,
  { model, source, run }: Version,
  ports: { workspace: Workspace; hashing: Hashing; progress?: Progress },
): Promise<{ document: Evaluation; rows: RowsFiles }> {
  const files = await measureFiles(request.metrics ?? policy?.metrics ?? [], {
    workspace: ports.workspace,
    level: policy?.confidence ?? 0.95,
  });
  checkMetrics(files?.metrics ?? []);
  const predictions = await measurePredictions(request, policy, ports);
  const tablePath = request.predictions ?? policy?.predictions?.path ?? "";
  refuseTwice(files?.metrics ?? [], predictions?.metrics ?? [], tablePath);
  const table = predictions ?? files?.table;
  if (files === undefined && table === undefined) {
    throw new UserError(
      "no-metrics",
      "neither metric files nor predictions were given",
      "Give `metrics:` or `predictions:`, or name them in the policy.",
    );
  }
  if ((files?.metrics.length ?? 0) + (table?.metrics.length ?? 0) === 0) throw nothingMeasured(table, tablePath);
  const repeated = await measureRepeats(request, policy, { files, table }, ports);
  const kept = table === undefined || policy?.rows === "none" ? undefined : keptRows(table, repeated, ports.hashing);
  const trained = await modelDigestOf(request, model, ports);
  const evalSet = await evalSetOf(
    request["eval-set"] ?? policy?.["eval-set"]?.files,
    policy?.["eval-set"]?.id,
    table?.rows,
    ports,
    predictions === undefined ? files?.evalSet : undefined,
  );
  const notes: Note[] = [...(files?.notes ?? []), ...(table?.notes ?? []), ...repeated.notes];
  const document: Evaluation = {
    kind: "metricgate/evaluation@1",
    model: { name: model, ...(trained.digest === undefined ? {} : { digest: trained.digest }) },
    source,
    ...(run === undefined ? {} : { run }),
    ...(evalSet === undefined ? {} : { evalSet }),
    metrics: repeated.metrics,
    ...(files === undefined || files.curves.length === 0 ? {} : { curves: files.curves }),
    ...(kept === undefined ? {} : { rows: kept.declared }),
    ...(trained.training === undefined ? {} : { train: trained.training }),
    ...(notes.length === 0 ? {} : { notes }),
  };
  return { document, rows: kept?.files ?? {} };
}

/** @throws UserError `metric-twice` where a metric file states what is computed from the table */
function refuseTwice(stated: readonly Metric[], computed: readonly Metric[], table: string): void {
  if (stated.length === 0 || computed.length === 0) return;
  const keys = new Set(computed.map(({ name, slice }) => metricKey(name, slice)));
  const problems = stated
    .filter(({ name, slice }) => keys.has(metricKey(name, slice)))
    .map(({ name, from }): Problem => {
      const { file = "the metric files", line } = from ?? {};
      return {
        code: "metric-twice",
        text: `the metric ${name} stands in ${file} and is computed from ${table}`,
        next: "Leave it out of the file, or name with `compute` only the metrics that the file does not hold.",
        where: { file, ...(line === undefined ? {} : { line }) },
      };
    });
  if (problems.length > 0) throw userErrorOf(problems);
}
