import type { RowsTask } from "../documents/evaluation.ts";
import type { BaselineMissing } from "../documents/selection.ts";
import type { RowTable } from "../tables/row-table.ts";
import type { Comparability } from "./comparability.ts";
import type { Side } from "./decide-input.ts";
import { indexMetrics, type MetricIndex } from "./metric-index.ts";

/** One side, ready for look-ups. */
export interface IndexedSide {
  metrics: MetricIndex;
  rows?: RowTable;
  task?: RowsTask;
}

/** What every gate of a verdict is judged in. `baseline` is how the sides compare, or why there is none. */
export interface Scope {
  candidate: IndexedSide;
  baseline: { side: IndexedSide; comparability: Comparability } | { missing: BaselineMissing };
  /** Two-sided confidence, such as 0.95. */
  level: number;
}

/** Indexes the metrics of a side. */
export function indexedSide({ received, rows }: Side): IndexedSide {
  const { metrics, rows: described } = received.document;
  return {
    metrics: indexMetrics(metrics),
    ...(rows === undefined ? {} : { rows }),
    ...(described === undefined ? {} : { task: described.task }),
  };
}

/** Rows of both sides that pair, with what they mean; undefined when there are none. */
export function pairedRows({
  candidate,
  baseline,
}: Scope): { candidate: RowTable; baseline: RowTable; task: RowsTask } | undefined {
  if ("missing" in baseline || baseline.comparability.is === "incomparable" || !baseline.comparability.paired)
    return undefined;
  const { rows, task } = candidate;
  const before = baseline.side.rows;
  return rows === undefined || task === undefined || before === undefined
    ? undefined
    : { candidate: rows, baseline: before, task };
}
