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

const meanings = [
  "id",
  "label",
  "prediction",
  "score",
  "query",
  "series",
  "lower",
  "upper",
  "scale",
  "samples",
  "correct",
  "weight",
  "group",
] as const;

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
  const { rows, task, notes } = await readPredictions(await workspace.open(path), columnChoice(request, policy));
  read(rows);
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
    const column = given.roles.get(meaning) ?? declared?.[meaning];
    if (column !== undefined) choice[meaning] = column;
  }
  const values = given.values.length > 0 ? given.values : declared?.values;
  if (values !== undefined) choice.values = values;
  if (positive !== undefined) choice.positive = positive;
  if (task !== undefined) choice.task = task;
  if (compute !== undefined) choice.compute = compute;
  return choice;
}

/** `role=column` entries; `values=a,b` may stand more than once. */
function columnsGiven(entries: readonly string[]): { roles: Map<string, string>; values: string[] } {
  const given = { roles: new Map<string, string>(), values: [] as string[] };
  for (const entry of entries) {
    const [meaning, column] = split(entry);
    if (column === undefined || column === "" || ![...meanings, "values"].includes(meaning)) {
      throw new UserError(
        "input-invalid",
        `columns: ${entry} is not of the form ${[...meanings, "values"].map((known) => `${known}=…`).join(", ")}`,
        "Write one column per line, such as `label=y_true`.",
      );
    }
    if (meaning !== "values") given.roles.set(meaning, column);
    else
      given.values.push(
        ...column
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name !== ""),
      );
  }
  return given;
}

function split(entry: string): [string, string | undefined] {
  const at = entry.indexOf("=");
  return at < 0 ? [entry, undefined] : [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
}
