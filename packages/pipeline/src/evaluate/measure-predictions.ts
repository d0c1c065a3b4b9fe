import type { Metric, RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { metricsFromRows } from "@metricgate/core/metrics/from-rows";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import type { RowTable } from "@metricgate/core/tables/row-table";
import type { ColumnChoice } from "@metricgate/formats/predictions/column-choice";
import { readPredictions } from "@metricgate/formats/predictions/read-predictions";
import type { Workspace } from "../ports/workspace.ts";
import type { EvaluateRequest } from "./evaluate-ports.ts";

const meanings = ["id", "label", "prediction", "score", "weight", "group"] as const;

/** A prediction table as it was measured. */
export interface MeasuredRows {
  rows: RowTable;
  task: RowsTask;
  metrics: Metric[];
  notes: Note[];
}

/** Reads the prediction table, if there is one, and computes its metrics. Inputs win over the policy, key by key. */
export async function measurePredictions(
  request: EvaluateRequest,
  policy: ModelPolicy | undefined,
  { workspace }: { workspace: Workspace },
): Promise<MeasuredRows | undefined> {
  const path = request.predictions ?? policy?.predictions?.path;
  if (path === undefined) return undefined;
  const { rows, task, notes } = await readPredictions(await workspace.open(path), columnChoice(request, policy));
  return { rows, task, metrics: metricsFromRows(rows, task, { level: policy?.confidence ?? 0.95 }), notes };
}

function columnChoice(request: EvaluateRequest, policy: ModelPolicy | undefined): ColumnChoice {
  const declared = policy?.predictions;
  const given = columnsGiven(request.columns ?? []);
  const compute = request.compute ?? policy?.compute;
  const positive = request.positive ?? declared?.positive;
  const task = request.task ?? declared?.task;
  const choice: ColumnChoice = { slices: request.slices ?? declared?.slices ?? [] };
  for (const meaning of meanings) {
    const column = given.get(meaning) ?? declared?.[meaning];
    if (column !== undefined) choice[meaning] = column;
  }
  if (positive !== undefined) choice.positive = positive;
  if (task !== undefined) choice.task = task;
  if (compute !== undefined) choice.compute = compute;
  return choice;
}

function columnsGiven(entries: readonly string[]): Map<string, string> {
  const given = new Map<string, string>();
  for (const entry of entries) {
    const [meaning, column] = split(entry);
    if (column === undefined || column === "" || !meanings.some((known) => known === meaning)) {
      throw new UserError(
        "input-invalid",
        `columns: ${entry} is not of the form ${meanings.map((known) => `${known}=…`).join(", ")}`,
        "Write one column per line, such as `label=y_true`.",
      );
    }
    given.set(meaning, column);
  }
  return given;
}

function split(entry: string): [string, string | undefined] {
  const at = entry.indexOf("=");
  return at < 0 ? [entry, undefined] : [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
}
