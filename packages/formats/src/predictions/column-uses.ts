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

/** What each chosen column is read as; labels and predictions by the task, or as numbers or classes when it is not known yet. */
export function columnUses({ places, classScores, slices, values }: Chosen, task: TaskName | undefined): Wanted[] {
  return [
    ...roles.flatMap((role): Wanted[] => {
      const place = places[role];
      if (place === undefined) return [];
      return [[place, task === "text" && (role === "label" || role === "prediction") ? "text" : uses[role]]];
    }),
    ...classScores.map(({ place }): Wanted => [place, "number"]),
    ...slices.map(({ place }): Wanted => [place, "category"]),
    ...values.map(({ place }): Wanted => [place, "number"]),
  ];
}
