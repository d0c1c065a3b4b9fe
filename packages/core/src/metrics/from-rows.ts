import type { Metric, RowsTask } from "../documents/evaluation.ts";
import type { Slice } from "../documents/fields.ts";
import { valueUncertainty } from "../statistics/value-uncertainty.ts";
import type { RowTable } from "../tables/row-table.ts";
import { sliceRows } from "../tables/slice-rows.ts";
import { measure } from "./influence.ts";
import { known } from "./known.ts";

/** A slice column with more values than this is left out: its slices would be too many to judge. */
const MOST_SLICES = 200;

/**
 * Every metric of `task.compute` over all rows, then for each value of each column of `task.slices` (columns in their order, values by
 * code point, metrics in their order), with direction, n, and where there are rows enough stderr and interval at the two-sided `level`.
 * A metric without a value carries the reason code.
 */
export function metricsFromRows(rows: RowTable, task: RowsTask, options: { level: number }): Metric[] {
  const metrics = task.compute.map((name) => metricOf(name, rows, task, options.level));
  for (const column of task.slices) {
    const slices = sliceRows(rows, column);
    if (slices.size > MOST_SLICES) continue;
    for (const [value, at] of slices) {
      for (const name of task.compute)
        metrics.push(metricOf(name, rows, task, options.level, { slice: { [column]: value }, at }));
    }
  }
  return metrics;
}

/** One metric of the document, of all rows or of one slice. */
function metricOf(
  name: string,
  rows: RowTable,
  task: RowsTask,
  level: number,
  part?: { slice: Slice; at: Int32Array },
): Metric {
  const about = known(name);
  const head = {
    name,
    ...(part && { slice: part.slice }),
    ...(about?.direction !== undefined && { direction: about.direction }),
    ...(about?.target !== undefined && { target: about.target }),
  };
  const measured = measure(name, rows, task, part?.at);
  if ("undefined" in measured) return { ...head, undefined: measured.undefined, n: part?.at.length ?? rows.count };
  if (about === undefined) return { ...head, undefined: "metric-unknown" };
  if (!Number.isFinite(measured.value)) return { ...head, undefined: "not-finite", n: measured.n };
  const at = part === undefined ? {} : { at: part.at };
  const { stderr, interval } = valueUncertainty(measured, about, rows, { level, ...at });
  return {
    ...head,
    value: measured.value,
    n: measured.n,
    ...(stderr !== undefined && { stderr }),
    ...(interval && { interval }),
  };
}
