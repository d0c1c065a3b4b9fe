import type { RowsTask } from "../documents/evaluation.ts";
import { allFinite } from "../statistics/all-finite.ts";
import type { RowTable } from "../tables/row-table.ts";
import { measureClassification } from "./classification/measure-classification.ts";
import { measureForecasting } from "./forecasting/measure-forecasting.ts";
import { keepMeasured, measuredBefore } from "./kept-measures.ts";
import type { Measured, Undefined } from "./measured.ts";
import { measureRanking } from "./ranking/measure-ranking.ts";
import { measureRegression } from "./regression/measure-regression.ts";
import type { SharedClasses } from "./shared-classes.ts";
import { measureText } from "./text/measure-text.ts";
import { measureValue } from "./values/measure-value.ts";

/** The metric by its name, before the check that all of it is finite. */
function found(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  at: Int32Array | undefined,
  shared: SharedClasses,
): Measured | Undefined {
  const ofColumn = measureValue(metric, rows, at);
  if (ofColumn !== undefined) return ofColumn;
  switch (task.task) {
    case "classification":
      return measureClassification(metric, rows, task, at, shared);
    case "regression":
      return measureRegression(metric, rows, at);
    case "ranking":
      return measureRanking(metric, rows, at);
    case "text":
      return measureText(metric, rows, at);
    case "forecasting":
      return measureForecasting(metric, rows, at);
  }
}

/**
 * One metric over the rows (those of `at`, when given), with each row's influence; or the reason code why it has no value.
 * `metric` is a name that `isComputable` knows; another is `metric-unknown`. Values equal scikit-learn's.
 * `shared` is what both sides of a comparison agree on.
 */
export function measure(
  metric: string,
  rows: RowTable,
  task: RowsTask,
  at?: Int32Array,
  shared: SharedClasses = {},
): Measured | Undefined {
  const before = at === undefined ? measuredBefore(metric, rows, task, shared) : undefined;
  if (before !== undefined) return before;
  const measured = found(metric, rows, task, at, shared);
  if ("undefined" in measured) return measured;
  if (!Number.isFinite(measured.value)) return { undefined: "not-finite" };
  if (!allFinite(measured.cells?.slopes ?? measured.influence)) return { undefined: "not-finite" };
  if (at === undefined) keepMeasured(metric, rows, task, shared, measured);
  return measured;
}
