import type { RowsTask, TaskName } from "@metricgate/core/documents/evaluation";
import { measure } from "@metricgate/core/metrics/influence";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import { askScript } from "./ask-python.ts";
import { closeness } from "./closeness.ts";

/** A table by its columns as core names them, and the metrics that are asked of it. */
export interface ColumnTable {
  task: TaskName;
  columns: Record<string, number[] | string[]>;
  metrics: string[];
}

function columnOf(values: number[] | string[]): Column {
  if (values.every((value) => typeof value === "number")) return { type: "number", values: Float64Array.from(values) };
  const names = [...new Set(values.map(String))].sort();
  const place = new Map(names.map((name, code) => [name, code]));
  return { type: "category", codes: Int32Array.from(values, (value) => place.get(String(value)) ?? -1), names };
}

/** The same table as core reads it. */
export function rowsOf(table: ColumnTable): { rows: RowTable; task: RowsTask } {
  const columns = new Map(Object.entries(table.columns).map(([name, values]) => [name, columnOf(values)]));
  const count = Object.values(table.columns)[0]?.length ?? 0;
  const ids = textCells(Array.from({ length: count }, (_, i) => String(i).padStart(9, "0")));
  return { rows: { count, ids, columns }, task: { task: table.task, compute: [], slices: [] } };
}

/** Compares each metric of each table with Python's value, and where it has none; returns what differs, the names that had a value, and the counts. */
export function compareColumns(what: string, tables: ColumnTable[]) {
  const { compare, wrong, count } = closeness();
  const answer: { tables: Record<string, number | string | null>[] } = askScript("rows-oracle.py", { tables });
  const names = new Set<string>();
  let undefinedByBoth = 0;
  tables.forEach((table, i) => {
    const { rows, task } = rowsOf(table);
    for (const name of table.metrics) {
      const theirs = answer.tables[i]?.[name];
      const ours = measure(name, rows, task);
      const where = `table ${i + 1} ${name}`;
      if (theirs === undefined) wrong.push(`${where}: not answered by Python`);
      else if ("undefined" in ours) {
        undefinedByBoth++;
        if (theirs !== null) wrong.push(`${where}: undefined (${ours.undefined}), but ${theirs} by Python`);
      } else if (theirs === null) wrong.push(`${where}: ${ours.value}, but undefined by Python`);
      else {
        names.add(name);
        compare(where, ours.value, theirs, 1e-11, 1e-13);
      }
    }
  });
  console.log(
    `oracle ${what}: ${count()} values of ${names.size} metrics over ${tables.length} tables, ${undefinedByBoth} undefined on both sides`,
  );
  return { names, wrong, count: count(), undefinedByBoth };
}
