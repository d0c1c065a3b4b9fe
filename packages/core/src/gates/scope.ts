import type { RowsTask } from "../documents/evaluation.ts";
import type { BaselineMissing, PastRun } from "../documents/selection.ts";
import type { RowTable } from "../tables/row-table.ts";
import type { Comparability } from "./comparability.ts";
import type { Side } from "./decide-input.ts";
import { indexMetrics, type MetricIndex } from "./metric-index.ts";
import type { PairedRows } from "./rows-reading.ts";

/** One side, ready for look-ups. */
export interface IndexedSide {
  metrics: MetricIndex;
  rows?: RowTable;
  task?: RowsTask;
  /** The rows of further training runs. */
  repeats?: readonly RowTable[];
}

/** What every gate of a verdict is judged in. `baseline` is how the sides compare, or why there is none. */
export interface Scope {
  candidate: IndexedSide;
  baseline: { side: IndexedSide; comparability: Comparability } | { missing: BaselineMissing };
  /** Two-sided confidence, such as 0.95. */
  level: number;
  /** Of whatever is drawn. */
  seed: number;
  /** Accepted runs, oldest first. */
  history: readonly PastRun[];
  /** By metric: the sd between training runs, as the policy says. */
  trainingSd: Readonly<Record<string, number>>;
  /** The baseline is the policy's second one. */
  against?: "anchor";
}

/** Indexes the metrics of a side. */
export function indexedSide({ received, rows, repeats }: Side): IndexedSide {
  const { metrics, rows: described } = received.document;
  return {
    metrics: indexMetrics(metrics),
    ...(rows === undefined ? {} : { rows }),
    ...(described === undefined ? {} : { task: described.task }),
    ...(repeats === undefined || repeats.length === 0 ? {} : { repeats }),
  };
}

/** Rows of both sides that pair, with what they mean; undefined when there are none. */
export function pairedRows({ candidate, baseline }: Scope): PairedRows | undefined {
  if ("missing" in baseline || baseline.comparability.is === "incomparable") return undefined;
  const { paired } = baseline.comparability;
  if (paired === undefined || candidate.task === undefined) return undefined;
  const runs = { candidate: candidate.repeats ?? [], baseline: baseline.side.repeats ?? [] };
  // Of rows that were restricted to common ids, those of further runs do not pair.
  const whole = paired.candidate === candidate.rows && paired.baseline === baseline.side.rows;
  return { ...paired, task: candidate.task, ...(whole ? { runs } : {}) };
}
