import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { usualMetrics } from "@metricgate/core/metrics/usual";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { openTable, type TableColumns } from "../tables/open-table.ts";
import type { ColumnUse, Wanted } from "../tables/stored-column.ts";
import { type Chosen, chooseColumns, type Role, roles } from "./choose-columns.ts";
import { classColumns } from "./class-columns.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { guessTask } from "./guess-task.ts";
import { inOrder } from "./in-order.ts";
import { positionIds, rowIds } from "./row-ids.ts";

/** The rows of a prediction table, sorted by id, what they mean, and remarks on what was taken for what. */
export interface ReadPredictions {
  rows: RowTable;
  task: RowsTask;
  notes: Note[];
}

/**
 * Reads a table of predictions with a header, one row for each example.
 * @throws UserError with file and line: what `openTable`, `chooseColumns`, `classColumns` and `rowIds` throw, and
 * `label-missing`, `prediction-missing`, `rows-missing`, `not-a-number`, `weight-not-positive`
 */
export async function readPredictions(source: ByteSource, choice: ColumnChoice): Promise<ReadPredictions> {
  const file = source.name;
  const opened = await openTable(source);
  const chosen = chooseColumns(opened.columns, choice, file);
  const { places } = chosen;
  refuseIncomplete(chosen, opened.columns, file);
  const table = await opened.read(wantedOf(chosen));
  if (table.count === 0)
    throw new UserError(
      "rows-missing",
      `${file} has a header and no rows.`,
      "Check that the step before wrote its predictions.",
      { file, line: 1 },
    );

  const { ids, order } = places.id === undefined ? positionIds(table.count) : rowIds(table, places.id);
  const notes = [...chosen.notes];
  if (places.id === undefined) {
    notes.push({
      code: "ids-by-position",
      text: `${file} has no id column: rows are paired by their number, so both sides must keep their order.`,
    });
  }
  const read = taskColumns(table, choice, chosen);
  const columns = read.columns;
  if (places.weight !== undefined) columns.set("weight", { type: "number", values: weights(table, places.weight) });
  if (places.group !== undefined) columns.set("group", table.category(places.group, "group", true));
  for (const { name, place } of chosen.slices)
    columns.set(`slice:${name}`, table.category(place, `slice ${name}`, true));

  const rows: RowTable = { count: table.count, ids, columns: inOrder(columns, order) };
  const task: RowsTask = {
    ...read.task,
    compute: [...(choice.compute ?? usualMetrics(read.task, columns))],
    slices: chosen.slices.map((slice) => slice.name),
  };
  return { rows, task, notes: [...notes, ...read.notes] };
}

const uses: Readonly<Record<Role, ColumnUse>> = {
  id: "text",
  label: "value",
  prediction: "value",
  score: "number",
  weight: "number",
  group: "category",
};

function wantedOf({ places, classScores, slices }: Chosen): Wanted[] {
  return [
    ...roles.flatMap((role): Wanted[] => (places[role] === undefined ? [] : [[places[role], uses[role]]])),
    ...classScores.map(({ place }): Wanted => [place, "number"]),
    ...slices.map(({ place }): Wanted => [place, "category"]),
  ];
}

function refuseIncomplete(chosen: Chosen, header: readonly string[], file: string): void {
  const where = { file, line: 1 };
  const columns = `Its columns are ${header.slice(0, 12).join(", ")}`;
  if (chosen.places.label === undefined) {
    throw new UserError(
      "label-missing",
      `${file} has no column of labels.`,
      `Name it with label=…. ${columns}.`,
      where,
    );
  }
  if (chosen.places.prediction === undefined && chosen.places.score === undefined && chosen.classScores.length === 0) {
    throw new UserError(
      "prediction-missing",
      `${file} has no column of predictions or scores.`,
      `Name it with prediction=… or score=…. ${columns}.`,
      where,
    );
  }
}

interface TaskColumns {
  columns: Map<string, Column>;
  task: Pick<RowsTask, "task" | "positive" | "classes">;
  notes: Note[];
}

function taskColumns(table: TableColumns, choice: ColumnChoice, { places, classScores }: Chosen): TaskColumns {
  const { file } = table;
  const label = places.label ?? -1;
  const { prediction, score } = places;
  const guess = choice.task === undefined ? guessTask(table.looseNumbers(label)) : undefined;
  const notes =
    guess === undefined ? [] : [{ code: "task", text: `${file} was read as ${guess.task}: ${guess.because}.` }];
  if ((choice.task ?? guess?.task) === "regression") {
    const values = prediction ?? score;
    if (values === undefined) {
      throw new UserError(
        "prediction-missing",
        `${file} has no column of predicted numbers.`,
        "Name it with prediction=….",
        { file, line: 1 },
      );
    }
    const columns = new Map<string, Column>([
      ["label", { type: "number", values: table.numbers(label, "label") }],
      ["prediction", { type: "number", values: table.numbers(values, "prediction") }],
    ]);
    return { columns, task: { task: "regression" }, notes };
  }
  const found = classColumns(
    table,
    {
      label,
      ...(prediction === undefined ? {} : { prediction }),
      predictionGiven: choice.prediction !== undefined,
      ...(score === undefined ? {} : { score }),
      classScores,
      ...(choice.positive === undefined ? {} : { positive: choice.positive }),
    },
    file,
  );
  const task = {
    task: "classification" as const,
    classes: found.classes,
    ...(found.positive === undefined ? {} : { positive: found.positive }),
  };
  return { columns: found.columns, task, notes: [...notes, ...found.notes] };
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
