import { UserError } from "@metricgate/core/errors/user-error";
import type { TableColumns } from "../tables/open-table.ts";

/** The place of a column that a task cannot do without. @throws UserError `label-missing`, `prediction-missing`, `query-missing` */
export function placeFor(
  { file }: Pick<TableColumns, "file">,
  place: number | undefined,
  role: "label" | "prediction" | "score" | "query",
  what: string,
): number {
  if (place !== undefined) return place;
  const code = role === "score" ? "prediction-missing" : `${role}-missing`;
  throw new UserError(code, `${file} has no column of ${what}.`, `Name it with ${role}=….`, { file, line: 1 });
}
