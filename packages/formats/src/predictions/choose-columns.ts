import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { closest } from "@metricgate/core/inputs/closest";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { shown } from "../text/shown.ts";
import { type ClassPlace, type ClassRole, classPlaces, isSpread } from "./class-places.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { type Role, roles, usualNames } from "./column-roles.ts";

/** The positions of the columns in the header. */
export interface Chosen {
  places: Partial<Record<Role, number>>;
  /** Columns of scores for each class, by class in code point order. */
  classScores: ClassPlace[];
  /** The same for labels and predictions of rows with any number of classes; empty where one column holds them. */
  classLabels: ClassPlace[];
  classPredictions: ClassPlace[];
  slices: { name: string; place: number }[];
  /** Columns of row values, by name in code point order. */
  values: { name: string; place: number }[];
  notes: Note[];
}

const rowValue = /^value:(.+)$/;

/**
 * Finds the columns of a prediction table: those chosen by name, the others by the usual names of the task, in any case. A note says what was taken for what.
 * @throws UserError `column-missing`, `column-twice`, `column-empty-name`, `header-missing`
 */
export function chooseColumns(header: readonly string[], choice: ColumnChoice, file: string): Chosen {
  const where = { file, line: 1 };
  const cells = header.map((cell) => cell.trim());
  if (cells.length === 0 || cells.every((cell) => cell === "" || /^[+-]?\d/.test(cell))) {
    throw new UserError(
      "header-missing",
      `${file} has no header: its first row holds no names.`,
      "Begin it with a row of column names.",
      where,
    );
  }
  const placeOf = (name: string, role: string): number => {
    const place = cells.indexOf(name);
    if (place < 0) {
      const meant = closest(name, cells);
      const next =
        meant === undefined
          ? `Its columns are ${listed(cells)}.`
          : `Did you mean ${shown(meant)}? Its columns are ${listed(cells)}.`;
      throw new UserError(
        "column-missing",
        `${file} has no column ${shown(name)}, which was named as ${role}.`,
        next,
        where,
      );
    }
    if (cells.indexOf(name, place + 1) >= 0) {
      throw new UserError("column-twice", `${file} has two columns ${shown(name)}.`, "Rename one of them.", where);
    }
    return place;
  };
  const taken = new Set<number>();
  const places: Partial<Record<Role, number>> = {};
  for (const role of roles) {
    const name = choice[role];
    if (name === undefined || spreadOf(role, choice, cells) !== undefined) continue;
    const place = placeOf(name, role);
    places[role] = place;
    taken.add(place);
  }
  const slices = [...new Set(choice.slices)]
    .map((name) => ({ name, place: placeOf(name, "a slice") }))
    .sort((a, b) => codePointOrder(a.name, b.name));
  const reserved = new Set(slices.map((slice) => slice.place));
  for (const role of roles) {
    if (places[role] !== undefined || spreadOf(role, choice, cells) !== undefined) continue;
    const found = usualNames(role, choice.task).find((name) => {
      const place = cells.findIndex((cell) => cell.toLowerCase() === name);
      return place >= 0 && !taken.has(place) && !reserved.has(place);
    });
    const name = cells.find((cell) => cell.toLowerCase() === found);
    if (name === undefined) continue;
    places[role] = placeOf(name, role);
    taken.add(places[role]);
  }
  const values = valuePlaces(cells, choice, placeOf);
  for (const { place } of values) taken.add(place);
  const byClass = (role: ClassRole): ClassPlace[] =>
    classPlaces(role, cells, spreadOf(role, choice, cells), (at) => !taken.has(at) && !reserved.has(at), file);
  const classScores = byClass("score");
  const classLabels = places.label === undefined ? byClass("label") : [];
  const classPredictions = places.prediction === undefined ? byClass("prediction") : [];
  const said = roles.flatMap((role) => {
    const place = places[role];
    return place === undefined ? [] : [`${shown(cells[place] ?? "")} as ${role}`];
  });
  if (values.length > 0) said.push(`${values.map(({ name }) => shown(name)).join(", ")} as row values`);
  const notes = [{ code: "columns", text: `Taken from ${file}: ${said.join(", ") || "nothing"}.` }];
  return { places, classScores, classLabels, classPredictions, slices, values, notes };
}

/** The name of the list that was given for a role and stands in one column for each class. */
function spreadOf(role: Role, choice: ColumnChoice, cells: readonly string[]): string | undefined {
  const name = role === "label" || role === "prediction" || role === "score" ? choice[role] : undefined;
  return name !== undefined && isSpread(name, cells) ? name : undefined;
}

/** The columns of row values: those chosen, else those called `value:NAME`. */
function valuePlaces(
  cells: readonly string[],
  choice: ColumnChoice,
  placeOf: (name: string, role: string) => number,
): Chosen["values"] {
  const chosen =
    choice.values?.map((cell) => [rowValue.exec(cell)?.[1] ?? cell, cell] as const) ??
    cells.flatMap((cell) => {
      const name = rowValue.exec(cell)?.[1];
      return name === undefined ? [] : [[name, cell] as const];
    });
  return [...new Map(chosen)]
    .map(([name, cell]) => ({ name, place: placeOf(cell, "a row value") }))
    .sort((a, b) => codePointOrder(a.name, b.name));
}

function listed(cells: readonly string[]): string {
  const few = cells.slice(0, 12).map(shown).join(", ");
  return cells.length > 12 ? `${few} and ${cells.length - 12} more` : few;
}
