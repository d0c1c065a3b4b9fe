import type { Metric, RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { metricsFromRows } from "@metricgate/core/metrics/from-rows";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { readPredictions } from "@metricgate/formats/predictions/read-predictions";
import type { Workspace } from "../ports/workspace.ts";
import { askedColumns } from "./asked-columns.ts";
import type { EvaluateRequest } from "./evaluate-ports.ts";

/** A prediction table as it was measured. */
export interface MeasuredRows {
  rows: RowTable;
  task: RowsTask;
  metrics: Metric[];
  notes: Note[];
}

/**
 * Reads the prediction table, if there is one, and computes its metrics. Inputs win over the policy, key by key.
 * @param read is told of the rows before they are measured
 */
export async function measurePredictions(
  request: EvaluateRequest,
  policy: ModelPolicy | undefined,
  { workspace }: { workspace: Workspace },
  read: (rows: RowTable) => void = () => {},
): Promise<MeasuredRows | undefined> {
  const path = request.predictions ?? policy?.predictions?.path;
  if (path === undefined) return undefined;
  const source = await workspace.open(path);
  const { rows, task, notes } = await readPredictions(source, askedColumns(request, policy), workspace.otherThread);
  read(rows);
  return { rows, task, metrics: metricsFromRows(rows, task, { level: policy?.confidence ?? 0.95 }), notes };
}
