import type { ReasonEntry } from "./reason-entry.ts";

/** Reasons why something could not be judged: the metric, the comparison, the baseline, too few rows. */
export const dataReasons = {
  "metric-missing": {
    concern: "metric",
    meaning: "The candidate lacks a metric that the baseline has.",
    next: "Make the evaluation write the metric again, name its old name under `was`, or remove the gate.",
  },
  "gate-matches-nothing": {
    concern: "metric",
    meaning: "A gate names a metric that neither side has.",
    next: "Compare the gate's metric with the names in the evaluation, or remove the gate.",
  },
  "metric-undefined": {
    concern: "metric",
    meaning: "The metric has no value on these data, for example because a class does not occur.",
    next: "Look at the data of the candidate's evaluation, or gate another metric.",
  },
  "not-finite": {
    concern: "metric",
    meaning: "The value is not a finite number.",
    next: "Find out why the evaluation produced NaN or an infinity.",
  },
  "metric-ambiguous": {
    concern: "metric",
    meaning: "An evaluation holds the metric more than once.",
    next: "Write each metric once, or give different names.",
  },
  "baseline-undefined": {
    concern: "metric",
    meaning: "The baseline's evaluation has the metric without a value, so there is nothing to compare with.",
    next: "Record a baseline in which the metric has a value, or waive the gate once.",
  },
  "relative-undefined": {
    concern: "metric",
    meaning: "A margin in percent has no meaning when the baseline is zero or below.",
    next: "Use an absolute margin for this metric.",
  },
  "slice-column-missing": {
    concern: "metric",
    meaning: "A gate asks for slices by a column that is neither in the rows nor among the slice metrics.",
    next: "Add the column to the predictions' slices, or correct `by`.",
  },
  "too-many-slices": {
    concern: "metric",
    meaning: "The slice columns of one gate have more than 200 values in all, so none was judged.",
    next: "Group the values, or slice by a column with fewer of them.",
  },
  "nothing-judged": {
    concern: "metric",
    meaning: "Every slice of the gate is below its support, and the gate asks nothing else, so it judged nothing.",
    next: "Measure on more rows, lower min-support, or remove the gate.",
  },
  "groups-missing": {
    concern: "metric",
    meaning: "A fairness gate needs rows with the group column, and at least two groups with enough rows.",
    next: "Add the column to the predictions' slices, measure on more rows, or correct `by`.",
  },
  "policy-error": {
    concern: "metric",
    meaning: "The gate's keys do not fit the metric, so the gate could not be applied.",
    next: "Correct the gate in the policy.",
  },
  "metric-new": {
    concern: "new",
    meaning: "Only the candidate has the metric, so there is nothing to compare it with yet.",
    next: "Merge it once; from then on it is compared.",
  },
  "eval-set-changed": {
    concern: "incomparable",
    meaning: "The baseline was measured on another eval set.",
    next: "Admit the new data once with `accept-eval-set` in the policy, or measure on the data of the baseline.",
  },
  "eval-set-unknown": {
    concern: "incomparable",
    meaning: "Only one side says which eval set it was measured on.",
    next: "Give `eval-set` for both, and record the baseline again.",
  },
  unpaired: {
    concern: "incomparable",
    meaning: "The rows of the two sides do not have the same ids.",
    next: "Predict every row of the eval set on both sides.",
  },
  "rows-left-out": {
    concern: "incomparable",
    meaning:
      "With `pairing: intersection`, more than 5% of the baseline's rows are not in the candidate, so the comparison leaves them out.",
    next: "Predict every row of the eval set: the rows that are left out may be the ones that the candidate gets wrong.",
  },
  "weights-differ": {
    concern: "incomparable",
    meaning: "Rows with the same id have another weight or group on the two sides.",
    next: "Give both sides the same weights and groups, or record the baseline again with the new ones.",
  },
  "labels-differ": {
    concern: "incomparable",
    meaning: "Rows with the same id have different labels on the two sides.",
    next: "Use the same labels on both sides, or record the baseline again on the corrected ones.",
  },
  "task-changed": {
    concern: "incomparable",
    meaning: "The two sides disagree about the task or its positive class, so equal names mean different metrics.",
    next: "Set `task` and `positive` alike, and record the baseline again.",
  },
  "slices-differ": {
    concern: "incomparable",
    meaning: "Rows with the same id lie in different slices on the two sides.",
    next: "Take the slice column from the eval set, not from the model, and record the baseline again.",
  },
  "slice-shrunk": {
    concern: "incomparable",
    meaning: "A slice has fewer rows than min-support in the candidate, and enough of them in the baseline.",
    next: "Measure the candidate on every row of the slice, or record the baseline again on the new data.",
  },
  "unit-differs": {
    concern: "incomparable",
    meaning: "The two sides give the metric in different units, so their numbers cannot be held against each other.",
    next: "Write the metric in the unit of the baseline, or give it another name.",
  },
  "history-too-short": {
    concern: "support",
    meaning: "Fewer than five accepted runs have the metric, so what is usual is not known yet.",
    next: "Nothing to do: each run on the base branch adds one.",
  },
  "anchor-without-metric": {
    concern: "support",
    meaning: "The second baseline (`anchor`) does not have the metric.",
    next: "Nothing to do; a newer anchor will have it.",
  },
  "first-run": {
    concern: "first-run",
    meaning: "The model is new: neither the base's policy nor its records know it.",
    next: "Merge it; the run on the base branch records the first baseline.",
  },
  "baseline-missing": {
    concern: "baseline",
    meaning: "The base knows the model, and no baseline was found.",
    next: "Run the workflow once on the base branch, so that it records a baseline.",
  },
  "base-not-given": {
    concern: "baseline",
    meaning:
      "Baselines of the model are recorded, and nothing says which of them the change starts from, as on a laptop.",
    next: "Name one with `--baseline FILE`, or run `metricgate compare --base BRANCH`.",
  },
  "baseline-expired": {
    concern: "baseline",
    meaning: "The record of the baseline has been deleted because it was too old.",
    next: "Run the workflow once on the base branch, or keep baselines on a branch with `store: branch`.",
  },
  "baseline-unreadable": {
    concern: "baseline",
    meaning: "A baseline was found and could not be read.",
    next: "Run the workflow again on the base branch with this version of MetricGate.",
  },
  "store-unavailable": {
    concern: "baseline",
    meaning: "The store of baselines could not be reached.",
    next: "Run the job again; check that it has the permission `actions: read`.",
  },
  "left-out": {
    concern: "baseline",
    meaning: "The model looks new, but a model that the base knows is no longer measured: it may have been renamed.",
    next: "Name every model that stays in the policy of this change (`npx metricgate init` begins one); remove a model that goes from the base's policy first.",
  },
  "baseline-stale": {
    concern: "stale",
    meaning: "The baseline is older than max-age.",
    next: "Run the workflow on the base branch, so that it records a newer baseline.",
  },
  "too-few-rows": {
    concern: "support",
    meaning:
      "The slice has fewer rows than min-support, or fewer than 20 of the class that the metric is about; it is shown and not judged.",
    next: "Measure on more rows of this slice to judge it.",
  },
} as const satisfies Record<string, ReasonEntry>;
