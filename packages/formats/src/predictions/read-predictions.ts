import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { usualMetrics } from "@metricgate/core/metrics/usual";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import type { PartReader } from "../tables/csv-parts.ts";
import { openTable, type TableColumns } from "../tables/open-table.ts";
import { type Chosen, chooseColumns } from "./choose-columns.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { guessedTable } from "./guess-table.ts";
import { inOrder } from "./in-order.ts";
import { positionIds, rowIds } from "./row-ids.ts";
import { taskColumns } from "./task-columns.ts";
import { valueColumns } from "./value-columns.ts";

/** The rows of a prediction table, sorted by id, what they mean, and remarks on what was taken for what. */
export interface ReadPredictions {
  rows: RowTable;
  task: RowsTask;
  notes: Note[];
}

/**
 * Reads a table of predictions with a header, one row for each example.
 * @param other as `openTable` takes it
 * @throws UserError with file and line: what `openTable`, `chooseColumns`, `taskColumns` and `rowIds` throw, and
 * `label-missing`, `prediction-missing`, `rows-missing`, `not-a-number`, `weight-not-positive`
 */
export async function readPredictions(
  source: ByteSource,
  choice: ColumnChoice,
  other?: PartReader,
): Promise<ReadPredictions> {
  const file = source.name;
  const opened = await openTable(source, other);
  const labelled = choice.task === undefined || choice.task === "classification" || choice.task === "regression";
  if (labelled) refuseIncomplete(chooseColumns(opened.columns, choice, file), opened.columns, file);
  const { table, chosen, task: taskName, because } = await guessedTable(opened, choice);
  if (table.count === 0)
    throw new UserError(
      "rows-missing",
      `${file} has a header and no rows.`,
      "Check that the step before wrote its predictions.",
      { file, line: 1 },
    );

  const { places } = chosen;
  const { ids, order } = places.id === undefined ? positionIds(table.count) : rowIds(table, places.id);
  const notes = [...(opened.notes ?? []), ...chosen.notes];
  if (places.id === undefined) {
    notes.push({
      code: "ids-by-position",
      text: `${file} has no id column: rows are paired by their number, so both sides must keep their order.`,
    });
  }
  if (table.lineOpen === true) {
    const text = `The last line of ${file} has no line end: the file may be cut. ${table.count} rows were read.`;
    notes.push({ code: "line-open", text });
  }
  if (because !== undefined) notes.push({ code: "task", text: `${file} was read as ${taskName}: ${because}.` });
  const read = taskColumns(table, taskName, choice, chosen);
  const values = valueColumns(table, chosen.values);
  const columns = new Map([...values.columns, ...read.columns]);
  if (places.weight !== undefined) columns.set("weight", { type: "number", values: weights(table, places.weight) });
  if (places.group !== undefined) columns.set("group", table.category(places.group, "group", true));
  for (const { name, place } of chosen.slices)
    columns.set(`slice:${name}`, table.category(place, `slice ${name}`, true));

  const rows: RowTable = { count: table.count, ids, columns: inOrder(columns, order) };
  const named = [...columns.keys()]
    .filter((name) => name.startsWith(valuePrefix))
    .map(withoutPrefix)
    .sort(codePointOrder);
  const about = { ...read.task, ...(named.length > 0 && { values: named }) };
  const task: RowsTask = {
    ...about,
    compute: [...(choice.compute ?? usualMetrics(about, columns))],
    slices: chosen.slices.map((slice) => slice.name),
  };
  return { rows, task, notes: [...notes, ...read.notes, ...values.notes] };
}

const valuePrefix = "value:";

function withoutPrefix(name: string): string {
  return name.slice(valuePrefix.length);
}

function refuseIncomplete(chosen: Chosen, header: readonly string[], file: string): void {
  const where = { file, line: 1 };
  const columns = `Its columns are ${header.slice(0, 12).join(", ")}`;
  if (chosen.places.label === undefined && chosen.classLabels.length === 0) {
    throw new UserError(
      "label-missing",
      `${file} has no column of labels.`,
      `Name it with label=…. ${columns}.`,
      where,
    );
  }
  const { places, classPredictions, classScores } = chosen;
  if (
    places.prediction === undefined &&
    places.score === undefined &&
    classPredictions.length + classScores.length === 0
  ) {
    throw new UserError(
      "prediction-missing",
      `${file} has no column of predictions or scores.`,
      `Name it with prediction=… or score=…. ${columns}.`,
      where,
    );
  }
}

function weights(table: TableColumns, place: number): Float64Array {
  const values = table.numbers(place, "weight");
  const bad = values.findIndex((value) => value <= 0);
  if (bad >= 0) {
    table.refuse(
      "weight-not-positive",
      `The weight in a row of ${table.file} is ${values[bad]}.`,
      "Give every row a weight above 0, or leave the row out on both sides.",
      bad,
    );
  }
  return values;
}
