import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import type { CategoryColumn, Column } from "@metricgate/core/tables/row-table";
import type { TableColumns } from "../tables/open-table.ts";
import { recoded, sortedCategory } from "../tables/table-columns.ts";
import { shown } from "../text/shown.ts";
import { classesOfNames, className, positiveClass } from "./class-names.ts";

/** The columns that a classification is read from, by place. */
export interface ClassPlaces {
  label: number;
  prediction?: number;
  /** The prediction column was named by the user, so it is taken as it is. */
  predictionGiven: boolean;
  score?: number;
  /** Columns that may hold the score of one class; `certain` when their names can mean nothing else. */
  classScores: readonly { name: string; place: number; certain: boolean }[];
  positive?: string;
}

/** The columns of a classification over one list of classes. */
export interface ClassColumns {
  columns: Map<string, Column>;
  classes: string[];
  positive?: string;
  notes: Note[];
}

/**
 * Label and prediction as categories, scores as numbers. A missing prediction is made from the scores, and a note says how.
 * @throws UserError `prediction-fractional`, `cell-empty`, `too-many-values`, `not-a-number`, `classes-disjoint`, `classes-mixed`, `positive-unknown`, `prediction-missing`
 */
export function classColumns(table: TableColumns, from: ClassPlaces, file: string): ClassColumns {
  const notes: Note[] = [];
  const label = classCategory(table, from.label, "label");
  let { prediction: predictionAt, score: scoreAt } = from;
  if (
    predictionAt !== undefined &&
    !from.predictionGiven &&
    scoreAt === undefined &&
    holdsProbabilities(table, label, predictionAt)
  ) {
    scoreAt = predictionAt;
    predictionAt = undefined;
    notes.push({
      code: "columns",
      text: `The prediction column of ${file} holds shares between 0 and 1, so it was taken as score.`,
    });
  }
  const given = predictionAt === undefined ? undefined : predictedClasses(table, label, predictionAt, file);
  if (given !== undefined) refuseDisjoint(table, label, given, file);

  const named = new Set([...label.names, ...(given?.names ?? [])]);
  const flags = [...named].filter((name) => name === "true" || name === "false");
  if (flags.length > 0 && (named.has("0") || named.has("1"))) refuseMixed(table, label, flags, file);
  const classScores = from.classScores
    .map((entry) => ({ ...entry, name: className(entry.name) }))
    .filter((entry) => entry.certain || named.has(entry.name));
  const classes = classesOfNames([...named, ...classScores.map((entry) => entry.name)]);
  const found = positiveClass(classes, from.positive, file, scoreAt !== undefined);
  notes.push(...found.notes);

  const scores = classScores.map(({ name, place }) => ({
    name,
    values: table.numbers(place, `score of ${shown(name)}`),
  }));
  if (scores.length > 0)
    notes.push({
      code: "columns",
      text: `${file} has scores of the classes ${scores.map((entry) => shown(entry.name)).join(", ")}.`,
    });
  const score = scoreAt === undefined ? undefined : table.numbers(scoreAt, "score");
  const prediction =
    given === undefined
      ? derived(table.count, classes, found.positive, score, scores, file, notes)
      : recoded(given, classes);

  const columns = new Map<string, Column>([["label", recoded(label, classes)]]);
  if (prediction !== undefined) columns.set("prediction", prediction);
  if (score !== undefined) columns.set("score", { type: "number", values: score });
  for (const { name, values } of scores) columns.set(`score:${name}`, { type: "number", values });
  return { columns, classes, notes, ...(found.positive === undefined ? {} : { positive: found.positive }) };
}

function classCategory(table: TableColumns, place: number, role: string): CategoryColumn {
  const found = table.category(place, role);
  return sortedCategory(found.codes, found.names.map(className));
}

/** The predicted classes. Whole numbers that are predicted with fractions are no classes but quantities, and are never compared as texts. */
function predictedClasses(table: TableColumns, label: CategoryColumn, place: number, file: string): CategoryColumn {
  const whole = label.names.every((name) => /^-?\d+$/.test(name));
  const fraction = (value: number): boolean => Number.isFinite(value) && !Number.isInteger(value);
  try {
    const given = classCategory(table, place, "prediction");
    const code = whole ? given.names.findIndex((name) => fraction(Number(name))) : -1;
    if (code >= 0) refuseFractions(table, given.codes.indexOf(code), Number(given.names[code]), file);
    return given;
  } catch (error) {
    if (!(error instanceof UserError) || !whole || error.problems[0]?.code !== "too-many-values") throw error;
    const values = table.looseNumbers(place);
    const row = values.findIndex(fraction);
    if (row >= 0) refuseFractions(table, row, values[row] ?? 0, file);
    throw error;
  }
}

function refuseFractions(table: TableColumns, row: number, value: number, file: string): never {
  const text = `The labels of ${file} are whole numbers and a prediction is ${value}, which is no class.`;
  const next =
    "Say `task: regression` if they are quantities; else write the predicted class, and shares between 0 and 1 as a score.";
  return table.refuse("prediction-fractional", text, next, row);
}

function holdsProbabilities(table: TableColumns, label: CategoryColumn, place: number): boolean {
  if (!label.names.every((name) => name === "0" || name === "1")) return false;
  const values = table.looseNumbers(place);
  return values.every((value) => value >= 0 && value <= 1) && values.some((value) => !Number.isInteger(value));
}

/** Labels and predictions that share no class are written differently, not all wrong. */
function refuseDisjoint(table: TableColumns, label: CategoryColumn, prediction: CategoryColumn, file: string): void {
  if (label.names.length < 2 || prediction.names.some((name) => label.names.includes(name))) return;
  const list = (names: readonly string[]): string => names.slice(0, 5).map(shown).join(", ");
  const text = `No prediction in ${file} is one of its labels: labels are ${list(label.names)}, predictions ${list(prediction.names)}.`;
  table.refuse(
    "classes-disjoint",
    text,
    "Write both the same way, or choose the columns; shares between 0 and 1 belong in a score column.",
    0,
  );
}

/** `True` beside 1 is the same class to most writers, and another to some: it is not guessed. */
function refuseMixed(table: TableColumns, label: CategoryColumn, flags: readonly string[], file: string): never {
  const text = `Classes of ${file} are written as 0 or 1 in some rows and as ${flags.join(" or ")} in others.`;
  const row = label.codes.findIndex((code) => flags.includes(label.names[code] ?? ""));
  return table.refuse(
    "classes-mixed",
    text,
    "Write labels and predictions one way, as 0 and 1 or as false and true.",
    Math.max(0, row),
  );
}

function derived(
  count: number,
  classes: readonly string[],
  positive: string | undefined,
  score: Float64Array | undefined,
  scores: readonly { name: string; values: Float64Array }[],
  file: string,
  notes: Note[],
): CategoryColumn | undefined {
  const codes = new Int32Array(count);
  if (scores.length > 1) {
    const codeOf = scores.map((entry) => classes.indexOf(entry.name));
    for (let row = 0; row < count; row++) {
      let best = 0;
      for (let k = 1; k < scores.length; k++)
        if ((scores[k]?.values[row] ?? 0) > (scores[best]?.values[row] ?? 0)) best = k;
      codes[row] = codeOf[best] ?? -1;
    }
    notes.push({
      code: "prediction-from-score",
      text: `${file} has no prediction: the class with the highest score was taken.`,
    });
    return { type: "category", codes, names: classes };
  }
  const only = score ?? scores[0]?.values;
  const scored = score === undefined ? scores[0]?.name : positive;
  if (
    only === undefined ||
    scored === undefined ||
    classes.length !== 2 ||
    !only.every((value) => value >= 0 && value <= 1)
  ) {
    notes.push({
      code: "prediction-missing",
      text: `${file} has no prediction, and none follows from its scores; metrics of predicted classes are left out.`,
    });
    return undefined;
  }
  const yes = classes.indexOf(scored);
  for (let row = 0; row < count; row++) codes[row] = (only[row] ?? 0) >= 0.5 ? yes : 1 - yes;
  notes.push({
    code: "prediction-from-score",
    text: `${file} has no prediction: ${shown(scored)} was taken where its score is at least 0.5.`,
  });
  return { type: "category", codes, names: classes };
}
