/** What both sides of a comparison must agree on, so that a metric means the same on either and in every slice. */
export interface SharedClasses {
  /** The classes that averages run over: the union of labels and predictions of both sides; those of the table itself otherwise. */
  classes?: readonly string[];
  /** Whether an average counts a class that no measured row has, as label or as prediction, as 0 or leaves it out; `ignore` inside a slice and `zero` otherwise. */
  absentClass?: "zero" | "ignore";
}
