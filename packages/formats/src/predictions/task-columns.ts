import type { RowsTask, TaskName } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Column } from "@metricgate/core/tables/row-table";
import type { TableColumns } from "../tables/open-table.ts";
import { shown } from "../text/shown.ts";
import type { Chosen } from "./choose-columns.ts";
import { classColumns } from "./class-columns.ts";
import { holdsClassLists } from "./class-lists.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { forecastingColumns } from "./forecasting-columns.ts";
import { multilabelColumns } from "./multilabel-columns.ts";
import { placeFor } from "./place-for.ts";
import { rankingColumns } from "./ranking-columns.ts";
import { textColumns } from "./text-columns.ts";

/** The columns that the metrics of a task are made of, in the order of the file. */
export interface TaskColumns {
  columns: Map<string, Column>;
  task: Pick<RowsTask, "task" | "positive" | "classes" | "multilabel">;
  notes: Note[];
}

/** Reads what the task needs. @throws UserError of the task's own reader */
export function taskColumns(table: TableColumns, task: TaskName, choice: ColumnChoice, chosen: Chosen): TaskColumns {
  switch (task) {
    case "regression":
      return regression(table, choice, chosen);
    case "ranking":
      return { ...rankingColumns(table, chosen), task: { task } };
    case "forecasting":
      return { columns: forecastingColumns(table, chosen), task: { task }, notes: [] };
    case "text":
      return { columns: textColumns(table, chosen), task: { task }, notes: [] };
    case "classification":
      return classification(table, choice, chosen);
  }
}

function regression(table: TableColumns, { compute = [] }: ColumnChoice, { places }: Chosen): TaskColumns {
  const label = placeFor(table, places.label, "label", "labels");
  const values = placeFor(table, places.prediction ?? places.score, "prediction", "predicted numbers");
  const labels = table.numbers(label, "label");
  const columns = new Map<string, Column>([
    ["label", { type: "number", values: labels }],
    ["prediction", { type: "number", values: table.numbers(values, "prediction") }],
  ]);
  const zeros = compute.includes("mape") ? labels.reduce((count, y) => count + (y === 0 ? 1 : 0), 0) : 0;
  const text = `${zeros} of ${table.count} labels in ${table.file} are 0, so that mape says nothing; wape or smape can do without.`;
  const notes = zeros === 0 ? [] : [{ code: "mape-of-zero", text }];
  return { columns, task: { task: "regression" }, notes };
}

function classification(table: TableColumns, choice: ColumnChoice, chosen: Chosen): TaskColumns {
  const { places, classScores } = chosen;
  const { label, prediction, score } = places;
  if (label === undefined ? chosen.classLabels.length > 0 : holdsClassLists(table, label)) {
    if (choice.positive !== undefined) refusePositive(choice.positive, table.file);
    if (choice.score !== undefined && score !== undefined) refuseScore(choice.score, table.file);
    const { classLabels, classPredictions } = chosen;
    const lists = {
      ...(label === undefined ? {} : { label }),
      ...(prediction === undefined ? {} : { prediction }),
    };
    return multilabelColumns(table, { ...lists, classLabels, classPredictions, classScores });
  }
  if (prediction === undefined && score === undefined && classScores.length === 0)
    placeFor(table, undefined, "prediction", "predictions or scores");
  const found = classColumns(
    table,
    {
      label: placeFor(table, places.label, "label", "labels"),
      ...(prediction === undefined ? {} : { prediction }),
      predictionGiven: choice.prediction !== undefined,
      ...(score === undefined ? {} : { score }),
      classScores,
      ...(choice.positive === undefined ? {} : { positive: choice.positive }),
    },
    table.file,
  );
  const task = {
    task: "classification" as const,
    classes: found.classes,
    ...(found.positive === undefined ? {} : { positive: found.positive }),
  };
  return { columns: found.columns, task, notes: found.notes };
}

/** @throws UserError `positive-of-multilabel`, always */
function refusePositive(positive: string, file: string): never {
  const text = `The rows of ${file} have any number of classes, so none of them is the positive one, and ${shown(positive)} was named.`;
  throw new UserError("positive-of-multilabel", text, "Leave `positive` out.", { file });
}

/** @throws UserError `class-incomplete`, always */
function refuseScore(score: string, file: string): never {
  const text = `The rows of ${file} have any number of classes, and ${shown(score)} is one score for each row.`;
  throw new UserError("class-incomplete", text, "Write one score for each class, such as score:CLASS.", { file });
}
