import type { ReadPredictions } from "@metricgate/formats/predictions/read-predictions";
import { shown } from "@metricgate/formats/text/shown";
import { columns } from "./columns.ts";

/** Classes that are named; the others are counted. */
const mostShown = 20;

/** What was read from a prediction table, and what was taken for what, as text; foreign names are quoted. */
export function explainedTable(path: string, { rows, task, notes }: ReadPredictions): string {
  const kept = [...rows.columns].map(([name, column]) => [
    `  ${shown(name)}`,
    column.type === "number" ? "numbers" : `${column.names.length} distinct values`,
  ]);
  const facts = [
    `task: ${task.task}${task.multilabel === true ? ", any number of classes a row" : ""}`,
    ...(task.classes === undefined ? [] : [`classes: ${listed(task.classes)}`]),
    ...(task.positive === undefined ? [] : [`positive class: ${shown(task.positive)}`]),
    `computed unless others are named: ${task.compute.join(", ") || "nothing"}`,
  ];
  return [
    `${shown(path)} was read as a prediction table of ${rows.count} rows.\n`,
    `\n${facts.map((fact) => `${fact}\n`).join("")}`,
    `\n${kept.length} columns of its rows\n${columns(kept)}`,
    `\n${notes.map(({ text }) => `${text}\n`).join("")}`,
  ].join("");
}

function listed(names: readonly string[]): string {
  const few = names.slice(0, mostShown).map(shown).join(", ");
  return names.length > mostShown ? `${few} and ${names.length - mostShown} more` : few;
}
