import type { TaskName } from "@metricgate/core/documents/evaluation";

/** Which column means what, by the names in the table's header; what is not given is found by its usual names. */
export interface ColumnChoice {
  id?: string;
  label?: string;
  prediction?: string;
  score?: string;
  /** The query of a ranked document. */
  query?: string;
  /** The series that a forecast belongs to, the bounds of its interval, and the in-sample error of the naive forecast. */
  series?: string;
  lower?: string;
  upper?: string;
  scale?: string;
  /** How many answers were drawn, and how many of them are correct. */
  samples?: string;
  correct?: string;
  weight?: string;
  group?: string;
  /** Columns of numbers whose mean, quantiles or rates are metrics; those called `value:NAME` when not given. */
  values?: readonly string[];
  /** The columns that slices may use. */
  slices: readonly string[];
  /** The positive class of a binary classification. */
  positive?: string;
  task?: TaskName;
  /** Names of metrics; a usual set of the task when not given. */
  compute?: readonly string[];
}
