import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import type { OracleTable } from "./ask-python.ts";

/** Makes `n` cells. */
function cells<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i));
}

function columnOf(values: string[] | number[]): Column {
  if (values.every((v) => typeof v === "number")) return { type: "number", values: Float64Array.from(values) };
  const names = [...new Set(values.map(String))].sort();
  const place = new Map(names.map((name, code) => [name, code]));
  return { type: "category", codes: Int32Array.from(values, (v) => place.get(String(v)) ?? -1), names };
}

/** The same table as core reads it. */
export function rowTableOf(table: OracleTable): { rows: RowTable; task: RowsTask } {
  const columns = new Map<string, Column>([["label", columnOf(table.label)]]);
  if (table.prediction !== undefined) columns.set("prediction", columnOf(table.prediction));
  if (table.score !== undefined) columns.set("score", columnOf(table.score));
  for (const [name, values] of Object.entries(table.scores ?? {})) columns.set(`score:${name}`, columnOf(values));
  if (table.weight !== undefined) columns.set("weight", columnOf(table.weight));
  const count = table.label.length;
  const ids = cells(count, (i) => String(i).padStart(9, "0"));
  const task: RowsTask = {
    task: table.task,
    ...(table.positive !== undefined && { positive: table.positive }),
    compute: [],
    slices: [],
  };
  return { rows: { count, ids: textCells(ids), columns }, task };
}
