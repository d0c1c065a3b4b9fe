import type { TaskName } from "@metricgate/core/documents/evaluation";
import type { ColumnUse, Wanted } from "../tables/stored-column.ts";
import type { Chosen } from "./choose-columns.ts";
import { type Role, roles } from "./column-roles.ts";

const uses: Readonly<Record<Role, ColumnUse>> = {
  id: "text",
  label: "value",
  prediction: "value",
  score: "number",
  query: "category",
  series: "category",
  lower: "number",
  upper: "number",
  scale: "number",
  samples: "number",
  correct: "number",
  weight: "number",
  group: "category",
};

/**
 * What each chosen column is read as; labels and predictions by the task, or as numbers or classes when it is not known yet.
 * @param lists labels are lists of classes, of which there may be many
 */
export function columnUses(
  { places, classScores, classLabels, classPredictions, slices, values }: Chosen,
  task: TaskName | undefined,
  lists = false,
): Wanted[] {
  return [
    ...roles.flatMap((role): Wanted[] => {
      const place = places[role];
      if (place === undefined) return [];
      if (role !== "label" && role !== "prediction") return [[place, uses[role]]];
      return [[place, task === "text" ? "text" : lists ? "category" : uses[role]]];
    }),
    ...[...classLabels, ...classPredictions].map(({ place }): Wanted => [place, "value"]),
    ...classScores.map(({ place }): Wanted => [place, "number"]),
    ...slices.map(({ place }): Wanted => [place, "category"]),
    ...values.map(({ place }): Wanted => [place, "number"]),
  ];
}
