import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Column } from "@metricgate/core/tables/row-table";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import type { TableColumns } from "../tables/open-table.ts";
import { shown } from "../text/shown.ts";
import { classListsOf } from "./class-lists.ts";
import { className } from "./class-names.ts";
import type { ClassPlace } from "./class-places.ts";

/** Where the classes of a row stand: in one column of lists, or in a column for each class. */
export interface MultilabelPlaces {
  label?: number;
  classLabels: readonly ClassPlace[];
  prediction?: number;
  classPredictions: readonly ClassPlace[];
  classScores: readonly ClassPlace[];
}

/** Classes that are read. */
const classLimit = 1_000;

/** By class, a number for each row: whether the row has it, or its score. */
type ByClass = Map<string, Float64Array>;

/**
 * The columns `label:CLASS`, `prediction:CLASS` (0 or 1) and `score:CLASS` of rows with any number of classes. A missing prediction is made from
 * scores between 0 and 1, and a note says so.
 * @throws UserError `flag-not-binary`, `class-list`, `class-incomplete`, `column-twice`, `too-many-values`, `prediction-missing`, `not-a-number`
 */
export function multilabelColumns(
  table: TableColumns,
  from: MultilabelPlaces,
): { columns: Map<string, Column>; task: Pick<RowsTask, "task" | "classes" | "multilabel">; notes: Note[] } {
  const { file, count } = table;
  const labels = flagsOf(table, from.label, from.classLabels, "label");
  const said = flagsOf(table, from.prediction, from.classPredictions, "prediction");
  const named = new Set([...labels.keys(), ...said.keys()]);
  const scores = new Map(
    from.classScores.flatMap(({ name, place, certain }): [string, Float64Array][] => {
      const known = className(name);
      return certain || named.has(known) ? [[known, table.numbers(place, `score of ${shown(known)}`)]] : [];
    }),
  );
  const classes = [...new Set([...named, ...scores.keys()])].sort(codePointOrder);
  if (classes.length > classLimit)
    table.refuse("too-many-values", `${file} has more than ${classLimit} classes.`, "Leave the rare ones out.", 0);
  // A list without a class says that the row has it not; a column that is missing says nothing.
  if (from.label !== undefined) fill(labels, classes, count);
  if (from.prediction !== undefined) fill(said, classes, count);
  const notes: Note[] = [];
  const predicted = said.size > 0 || from.prediction !== undefined ? said : fromScores(scores, file, notes);
  for (const [role, found] of [
    ["label", labels],
    ["prediction", predicted],
    ["score", scores],
  ] as const)
    refuseIncomplete(role, found, classes, file);
  notes.push({ code: "columns", text: `${file} has the classes ${listed(classes)}, of which a row has any number.` });
  const columns = new Map<string, Column>();
  for (const [role, found] of [
    ["label", labels],
    ["prediction", predicted],
    ["score", scores],
  ] as const)
    for (const [name, values] of found) columns.set(`${role}:${name}`, { type: "number", values });
  return { columns, task: { task: "classification", classes, multilabel: true }, notes };
}

function flagsOf(
  table: TableColumns,
  list: number | undefined,
  places: readonly ClassPlace[],
  role: "label" | "prediction",
): ByClass {
  const found: ByClass = new Map();
  if (list !== undefined) {
    const { codes, lists } = classListsOf(table, list, role);
    for (const name of new Set(lists.flat())) {
      const has = Float64Array.from(lists, (each) => (each.includes(name) ? 1 : 0));
      found.set(
        name,
        Float64Array.from(codes, (code) => has[code] ?? 0),
      );
      if (found.size > classLimit)
        table.refuse(
          "too-many-values",
          `${table.file} has more than ${classLimit} classes.`,
          "Leave the rare ones out.",
          0,
        );
    }
    return found;
  }
  for (const { name, place } of places) found.set(className(name), flagsAt(table, place, `${role} of ${shown(name)}`));
  if (found.size < places.length) {
    const text = `${table.file} has two columns with ${role}s of one class, such as 1 and 1.0.`;
    throw new UserError("column-twice", text, "Rename one of them.", { file: table.file, line: 1 });
  }
  return found;
}

function flagsAt(table: TableColumns, place: number, role: string): Float64Array {
  const { codes, names } = table.category(place, role);
  const flags = names.map((cell, code) => {
    const word = className(cell).trim().toLowerCase();
    if (word === "1" || word === "true") return 1;
    if (word === "0" || word === "false") return 0;
    const what = `The ${role} in a row of ${table.file} is ${shown(cell)}, neither 0 nor 1.`;
    return table.refuse("flag-not-binary", what, "Write 0 or 1; shares belong in score:CLASS.", codes.indexOf(code));
  });
  return Float64Array.from(codes, (code) => flags[code] ?? Number.NaN);
}

function fill(found: ByClass, classes: readonly string[], count: number): void {
  for (const name of classes) if (!found.has(name)) found.set(name, new Float64Array(count));
}

function fromScores(scores: ByClass, file: string, notes: Note[]): ByClass {
  const shares = [...scores.values()].every((values) => values.every((value) => value >= 0 && value <= 1));
  const text = shares
    ? `${file} has no predictions: each class was taken where its score is at least 0.5.`
    : `${file} has no predictions, and none follow from its scores; metrics of predicted classes are left out.`;
  notes.push({ code: shares ? "prediction-from-score" : "prediction-missing", text });
  if (!shares) return new Map();
  return new Map([...scores].map(([name, values]) => [name, values.map((value) => (value >= 0.5 ? 1 : 0))]));
}

/** @throws UserError `class-incomplete` for a role that some classes have and others have not */
function refuseIncomplete(role: string, found: ByClass, classes: readonly string[], file: string): void {
  const missing = classes.find((name) => !found.has(name));
  if (missing === undefined || found.size === 0) return;
  const [present = ""] = found.keys();
  const text = `${file} has a ${role} for the class ${shown(present)} and none for ${shown(missing)}.`;
  throw new UserError("class-incomplete", text, `Write one ${role} for each class, under the same names.`, { file });
}

function listed(names: readonly string[]): string {
  const few = names.slice(0, 12).map(shown).join(", ");
  return names.length > 12 ? `${few} and ${names.length - 12} more` : few;
}
