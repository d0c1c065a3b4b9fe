import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { usualMetrics } from "@metricgate/core/metrics/usual";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { readHeader } from "../csv/read-header.ts";
import { type Cells, scanCsv } from "../csv/scan-csv.ts";
import { readBytes } from "../sources/read-bytes.ts";
import { checkText } from "../text/decode-text.ts";
import { type Chosen, chooseColumns, type Role } from "./choose-columns.ts";
import { classColumns } from "./class-columns.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { guessTask } from "./guess-task.ts";
import { inOrder } from "./in-order.ts";
import { positionIds, rowIds } from "./row-ids.ts";
import { type TableCells, tableCells } from "./table-cells.ts";

/** Largest prediction table in bytes; offsets and typed arrays must hold it. */
const sizeLimit = 2_000_000_000;
/** Distinct values of a group or slice column that are read. */
const groupLimit = 1_000_000;

/** The rows of a prediction table, sorted by id, what they mean, and remarks on what was taken for what. */
export interface ReadPredictions {
  rows: RowTable;
  task: RowsTask;
  notes: Note[];
}

/**
 * Reads a table of predictions: delimited text with a header, one row for each example.
 * @throws UserError with file and line: what `chooseColumns`, `scanCsv`, `classColumns` and `rowIds` throw, and
 * `label-missing`, `prediction-missing`, `rows-missing`, `not-a-number`, `weight-not-positive`
 */
export async function readPredictions(source: ByteSource, choice: ColumnChoice): Promise<ReadPredictions> {
  const file = source.name;
  const bytes = await readBytes(source, sizeLimit);
  const header = readHeader(bytes, file, checkText(bytes, file));
  const chosen = chooseColumns(header.cells, choice, file);
  const { places } = chosen;
  const wanted = [
    ...new Set([
      ...Object.values(places),
      ...chosen.classScores.map((entry) => entry.place),
      ...chosen.slices.map((entry) => entry.place),
    ]),
  ];
  const scanned = scanCsv(bytes, file, header.rowsAt, header.delimiter, header.cells.length, wanted);
  const cellsAt = (place: number): Cells => {
    const cells = scanned.columns[wanted.indexOf(place)];
    if (cells === undefined) throw new RangeError(`column ${place} was not scanned`);
    return cells;
  };
  const cellsOf = (role: Role): Cells | undefined => (places[role] === undefined ? undefined : cellsAt(places[role]));
  refuseIncomplete(chosen, header.cells, scanned.count, file);

  const table = tableCells(bytes, file, scanned.count);
  const idCells = cellsOf("id");
  const { ids, order } =
    idCells === undefined ? positionIds(table.count) : rowIds(bytes, idCells, table.count, table.reader, file);
  const notes = [...chosen.notes];
  if (idCells === undefined) {
    notes.push({
      code: "ids-by-position",
      text: `${file} has no id column: rows are paired by their number, so both sides must keep their order.`,
    });
  }
  const read = taskColumns(table, choice, chosen, cellsAt, cellsOf, file);
  const columns = read.columns;
  const weight = cellsOf("weight");
  if (weight !== undefined) columns.set("weight", { type: "number", values: weights(table, weight, file) });
  const group = cellsOf("group");
  if (group !== undefined) columns.set("group", table.category(group, "group", groupLimit, true));
  for (const slice of chosen.slices)
    columns.set(`slice:${slice.name}`, table.category(cellsAt(slice.place), `slice ${slice.name}`, groupLimit, true));

  const rows: RowTable = { count: table.count, ids, columns: inOrder(columns, order) };
  const task: RowsTask = {
    ...read.task,
    compute: [...(choice.compute ?? usualMetrics(read.task, columns))],
    slices: chosen.slices.map((slice) => slice.name),
  };
  return { rows, task, notes: [...notes, ...read.notes] };
}

function refuseIncomplete(chosen: Chosen, header: readonly string[], count: number, file: string): void {
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
  if (count === 0)
    throw new UserError(
      "rows-missing",
      `${file} has a header and no rows.`,
      "Check that the step before wrote its predictions.",
      where,
    );
}

interface TaskColumns {
  columns: Map<string, Column>;
  task: Pick<RowsTask, "task" | "positive" | "classes">;
  notes: Note[];
}

function taskColumns(
  table: TableCells,
  choice: ColumnChoice,
  chosen: Chosen,
  cellsAt: (place: number) => Cells,
  cellsOf: (role: Role) => Cells | undefined,
  file: string,
): TaskColumns {
  const label = cellsAt(chosen.places.label ?? -1);
  const prediction = cellsOf("prediction");
  const score = cellsOf("score");
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
      classScores: chosen.classScores.map(({ name, place, certain }) => ({ name, cells: cellsAt(place), certain })),
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

function weights(table: TableCells, cells: Cells, file: string): Float64Array {
  const values = table.numbers(cells, "weight");
  const bad = values.findIndex((value) => value <= 0);
  if (bad >= 0) {
    table.refuse(
      "weight-not-positive",
      `The weight in a row of ${file} is ${values[bad]}.`,
      "Give every row a weight above 0, or leave the row out on both sides.",
      cells,
      bad,
    );
  }
  return values;
}
