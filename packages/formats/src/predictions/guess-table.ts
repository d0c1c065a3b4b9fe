import type { TaskName } from "@metricgate/core/documents/evaluation";
import type { PredictionTable, TableColumns } from "../tables/open-table.ts";
import { type Chosen, chooseColumns } from "./choose-columns.ts";
import { holdsClassLists } from "./class-lists.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { namesReferences } from "./column-roles.ts";
import { columnUses } from "./column-uses.ts";
import { guessTask } from "./guess-task.ts";

/** A table as it was read, its columns, and its task with the reason why it was taken (none when it was given). */
export interface GuessedTable {
  table: TableColumns;
  chosen: Chosen;
  task: TaskName;
  because?: string;
}

/** Fewer distinct answers than this are classes. */
const fewAnswers = 20;

/**
 * Reads a table by its task, or guesses the task: queries with scores and relevance numbers are a ranking, many distinct predicted texts
 * beside references are texts; else the labels tell. A forecast is never guessed.
 * @throws UserError those of `chooseColumns` and of reading
 */
export async function guessedTable(opened: PredictionTable, choice: ColumnChoice): Promise<GuessedTable> {
  const chosenFor = (task: TaskName) => chooseColumns(opened.columns, { ...choice, task }, opened.file);
  if (choice.task !== undefined) {
    const chosen = chosenFor(choice.task);
    return { table: await readAs(opened, chosen, choice.task), chosen, task: choice.task };
  }
  const first = chooseColumns(opened.columns, choice, opened.file);
  const { label, prediction, score, query } = first.places;
  if (label !== undefined && prediction !== undefined && namesReferences(opened.columns[label] ?? "")) {
    const chosen = chosenFor("text");
    const table = await opened.read(columnUses(chosen, "text"));
    const { prediction: said = prediction } = chosen.places;
    if (manyTexts(table, said))
      return { table, chosen, task: "text", because: "it has references and many predicted texts" };
  }
  const table = await readAs(opened, first, undefined);
  if (label === undefined && first.classLabels.length > 0)
    return {
      table,
      chosen: chosenFor("classification"),
      task: "classification",
      because: "its labels stand in one column for each class",
    };
  if (label === undefined || table.count === 0) return { table, chosen: first, task: "classification" };
  const labels = table.looseNumbers(label);
  if (query !== undefined && score !== undefined && labels.every((value) => value >= 0))
    return {
      table,
      chosen: chosenFor("ranking"),
      task: "ranking",
      because: "it has queries, scores and relevance numbers",
    };
  if (holdsClassLists(table, label))
    return {
      table,
      chosen: chosenFor("classification"),
      task: "classification",
      because: "its labels are lists of classes",
    };
  const guess = guessTask(labels);
  return { table, chosen: chosenFor(guess.task), ...guess };
}

/** Reads the chosen columns; lists of classes once more, since there may be more of them than classes. */
async function readAs(opened: PredictionTable, chosen: Chosen, task: TaskName | undefined): Promise<TableColumns> {
  const table = await opened.read(columnUses(chosen, task));
  const classes = task === undefined || task === "classification";
  return classes && holdsClassLists(table, chosen.places.label) ? opened.read(columnUses(chosen, task, true)) : table;
}

/** Whether more than half of the predicted texts, or more than a few, are distinct. */
function manyTexts(table: TableColumns, place: number): boolean {
  const { count, bytes, offsets } = table.texts(place);
  const distinct = new Set<string>();
  for (let row = 0; row < count && distinct.size <= fewAnswers; row++)
    distinct.add(Buffer.from(bytes.subarray(offsets[row] ?? 0, offsets[row + 1] ?? 0)).toString("utf8"));
  return distinct.size > Math.min(fewAnswers, count / 2);
}
