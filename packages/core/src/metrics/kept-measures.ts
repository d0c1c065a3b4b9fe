import { canonical } from "../documents/canonical.ts";
import type { RowsTask } from "../documents/evaluation.ts";
import type { RowTable } from "../tables/row-table.ts";
import { classOrder } from "./classification/class-order.ts";
import { classesIn } from "./classification/classes.ts";
import type { Measured } from "./measured.ts";
import type { SharedClasses } from "./shared-classes.ts";

/** What was measured over all rows of a table, by metric and task, and the bytes that may still be kept. */
interface Kept {
  measures: Map<string, Measured>;
  left: number;
}

const tables = new WeakMap<RowTable, Kept>();

/**
 * From here on keeps what is measured over all rows of a table, so that a comparison need not measure again what the evaluation did.
 * @param bytes of influence values to keep at the most
 * @param before what was measured of the same rows in another thread
 */
export function keepMeasures(rows: RowTable, bytes: number, before: ReadonlyMap<string, Measured> = new Map()): void {
  tables.set(rows, { measures: new Map(before), left: bytes });
}

/** What is kept and is plain data, so that it can go to another thread. */
export function portableMeasures(rows: RowTable): Map<string, Measured> {
  const kept = tables.get(rows)?.measures ?? new Map<string, Measured>();
  return new Map([...kept].filter(([, { fromShare, cells, reweighted }]) => !(fromShare ?? cells ?? reweighted)));
}

/** The same measure of the same rows, when it is kept. Only measures over the table's own classes are. */
export function measuredBefore(metric: string, rows: RowTable, task: RowsTask, shared: SharedClasses) {
  const kept = tables.get(rows);
  return kept === undefined || !isOwn(rows, shared) ? undefined : kept.measures.get(keyOf(metric, task));
}

/** Keeps a measure, where the table's measures are kept and it is not too large. */
export function keepMeasured(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  shared: SharedClasses,
  measured: Measured,
) {
  const kept = tables.get(rows);
  const size = measured.cells?.of.byteLength ?? measured.influence.byteLength;
  if (kept === undefined || size > kept.left || !isOwn(rows, shared)) return;
  kept.left -= size;
  kept.measures.set(keyOf(metric, task), measured);
}

function isOwn(rows: RowTable, { classes, absentClass }: SharedClasses): boolean {
  if (absentClass !== undefined) return false;
  return classes === undefined || classes.join("\n") === classOrder(classesIn(rows)).join("\n");
}

function keyOf(metric: string, task: RowsTask): string {
  return canonical([metric, { ...task, compute: [], slices: [] }]);
}
