import type { RowsTask } from "../../documents/evaluation.ts";
import { measure } from "../../metrics/influence.ts";
import type { RowTable } from "../../tables/row-table.ts";

/** A slice or group needs as many rows of the class that a metric such as recall is about. */
export const CLASS_SUPPORT = 20;

/** What a metric answers where the class that it is about does not occur. */
const withoutClass: ReadonlySet<string> = new Set(["no-positives", "no-negatives", "one-class"]);

/**
 * The rows that carry a metric: for recall those of the positive class, for an AUC those of the rarer class, for accuracy all; effective
 * rows when weighted. 0 when the class does not occur; undefined when there is no value for another reason.
 */
export function classSupport(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  at: Int32Array | undefined,
): number | undefined {
  const measured = measure(metric, rows, task, at);
  if ("undefined" in measured) return withoutClass.has(measured.undefined) ? 0 : undefined;
  return measured.support;
}
