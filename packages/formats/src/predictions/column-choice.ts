/** Which column means what, by the names in the table's header; what is not given is found by its usual names. */
export interface ColumnChoice {
  id?: string;
  label?: string;
  prediction?: string;
  score?: string;
  weight?: string;
  group?: string;
  /** The columns that slices may use. */
  slices: readonly string[];
  /** The positive class of a binary classification. */
  positive?: string;
  task?: "classification" | "regression";
  /** Names of metrics; a usual set of the task when not given. */
  compute?: readonly string[];
}
