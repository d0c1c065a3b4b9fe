import type { RowsTask } from "../../documents/evaluation.ts";
import type { GroupGap } from "../../documents/verdict.ts";
import { measure } from "../../metrics/influence.ts";
import type { Measured } from "../../metrics/measured.ts";
import type { RowTable } from "../../tables/row-table.ts";
import { CLASS_SUPPORT } from "../rules/class-support.ts";
import { rowsOfSlices } from "../slice-columns.ts";

/** One group's rows and what was measured over them. */
export interface Group {
  name: string;
  at: Int32Array;
  measured: Measured;
}

/** The groups that can be judged, and those that cannot with the reason. */
export interface Groups {
  judged: Group[];
  excluded: GroupGap["excluded"];
}

/**
 * Measures a metric in each group of the rows. A group below `support` rows, or below 20 rows of the class that the metric is about, is left
 * out, and so is one where the metric has no value.
 */
export function groupsOf(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  columns: readonly string[],
  support: number,
): Groups {
  const judged: Group[] = [];
  const excluded: GroupGap["excluded"] = [];
  for (const { slice, at } of rowsOfSlices(rows, columns)) {
    const group = columns.map((column) => slice[column] ?? "").join(", ");
    const measured = at.length < support ? { undefined: "too-few-rows" } : measure(metric, rows, task, at);
    if ("undefined" in measured) excluded.push({ group, n: at.length, why: measured.undefined });
    else if (measured.support < CLASS_SUPPORT && measured.support < support)
      excluded.push({ group, n: at.length, why: "too-few-rows-of-class" });
    else judged.push({ name: group, at, measured });
  }
  return { judged, excluded };
}
