import type { Column } from "@metricgate/core/tables/row-table";
import type { TableColumns } from "../tables/open-table.ts";
import type { Chosen } from "./choose-columns.ts";
import { placeFor } from "./place-for.ts";

/**
 * The columns of a forecast: `label`, `prediction`, and those of `series`, `lower`, `upper` and `scale` that the table has.
 * @throws UserError `label-missing`, `prediction-missing`, `not-a-number`, `cell-empty`
 */
export function forecastingColumns(table: TableColumns, { places }: Chosen): Map<string, Column> {
  const columns = new Map<string, Column>();
  const addNumbers = (name: string, place: number | undefined): void => {
    if (place !== undefined) columns.set(name, { type: "number", values: table.numbers(place, name) });
  };
  addNumbers("label", placeFor(table, places.label, "label", "actual numbers"));
  addNumbers("prediction", placeFor(table, places.prediction ?? places.score, "prediction", "predicted numbers"));
  if (places.series !== undefined) columns.set("series", table.category(places.series, "series"));
  for (const name of ["lower", "upper", "scale"] as const) addNumbers(name, places[name]);
  return columns;
}
