import type { Note } from "../documents/fields.ts";
import type { Reason } from "../documents/verdict.ts";

/**
 * What a reason is about; together with the outcome it decides which key of the policy maps it to a verdict.
 * `remark` explains beside another reason or in a note, and decides nothing.
 */
export type Concern =
  | "rule"
  | "metric"
  | "incomparable"
  | "baseline"
  | "first-run"
  | "stale"
  | "new"
  | "support"
  | "remark";

interface ReasonEntry {
  concern: Concern;
  meaning: string;
  next: string;
}

/** Every reason code, what it means and the usual next step. The table in docs/reasons.md is generated from it. */
export const reasonTable = {
  "within-margin": {
    concern: "rule",
    meaning: "The interval of the change shows that any loss lies within the margin.",
    next: "Nothing to do.",
  },
  "worse-than-margin": {
    concern: "rule",
    meaning: "The observed loss is larger than the margin, and it is real.",
    next: "Improve the candidate, or let an owner of the policy add a waiver with a reason and a date.",
  },
  "too-uncertain": {
    concern: "rule",
    meaning: "The data neither prove that the loss is within the margin nor that it is real and beyond it.",
    next: "Measure on more rows, or accept a wider margin.",
  },
  "improvement-proven": {
    concern: "rule",
    meaning: "The interval of the gain lies above the smallest gain asked for.",
    next: "Nothing to do.",
  },
  "no-improvement": {
    concern: "rule",
    meaning: "The interval of the gain does not reach the smallest gain asked for.",
    next: "Improve the candidate, or lower min-gain in the policy.",
  },
  "within-limit": { concern: "rule", meaning: "The value keeps the limit (inclusive).", next: "Nothing to do." },
  "below-min": {
    concern: "rule",
    meaning: "The value is below the floor.",
    next: "Improve the candidate, or let an owner of the policy change the floor.",
  },
  "above-max": {
    concern: "rule",
    meaning: "The value is above the ceiling.",
    next: "Improve the candidate, or let an owner of the policy change the ceiling.",
  },
  "off-target": {
    concern: "rule",
    meaning: "The value lies further from its target than max-off.",
    next: "Improve the candidate, or let an owner of the policy change max-off.",
  },
  unchanged: {
    concern: "rule",
    meaning: "The interval of the change lies within max-change either way.",
    next: "Nothing to do.",
  },
  changed: {
    concern: "rule",
    meaning: "The change is larger than max-change, and it is real.",
    next: "Find out what moved the metric, or let an owner of the policy add a waiver with a reason and a date.",
  },
  "within-band": {
    concern: "rule",
    meaning: "The value lies within what the accepted runs of the base branch gave.",
    next: "Nothing to do.",
  },
  "outside-band": {
    concern: "rule",
    meaning: "The value lies outside of what the accepted runs of the base branch gave.",
    next: "Find out what changed, or let an owner of the policy add a waiver with a reason and a date.",
  },
  "within-gap": {
    concern: "rule",
    meaning: "The interval of every gap between groups lies within the limit.",
    next: "Nothing to do.",
  },
  "gap-too-large": {
    concern: "rule",
    meaning: "A gap between two groups is larger than the limit, and it is real.",
    next: "Look at the rows of the worse group, or let an owner of the policy add a waiver with a reason and a date.",
  },
  "beyond-warn-margin": {
    concern: "remark",
    meaning: "The loss is larger than the warn-margin, and it is real; the margin itself is not broken.",
    next: "Watch this metric: the next loss of this size may break the margin.",
  },
  "no-uncertainty": {
    concern: "remark",
    meaning:
      "Neither rows, standard errors nor repeats were given, so the bare values were judged and noise may have decided.",
    next: "Give predictions, repeats, or a standard error beside the value.",
  },
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
    next: "Measure the models that the base knows, or remove them from the base's policy first.",
  },
  "baseline-stale": {
    concern: "stale",
    meaning: "The baseline is older than max-age.",
    next: "Run the workflow on the base branch, so that it records a newer baseline.",
  },
  "baseline-behind": {
    concern: "remark",
    meaning: "The baseline was measured on an earlier commit than the base.",
    next: "Run the workflow on every push to the base branch.",
  },
  "too-few-rows": {
    concern: "support",
    meaning:
      "The slice has fewer rows than min-support, or fewer than 20 of the class that the metric is about; it is shown and not judged.",
    next: "Measure on more rows of this slice to judge it.",
  },
  "slices-not-judged": {
    concern: "remark",
    meaning: "Some slices or groups have too few rows, or too few of the class, to be judged.",
    next: "Measure on more rows of them, or lower min-support.",
  },
  "training-noise": {
    concern: "remark",
    meaning: "One training run of each side was compared, so the noise between training runs is not in the intervals.",
    next: "Give `repeats` of training, or `training-sd` in the policy.",
  },
  "pairing-intersection": {
    concern: "remark",
    meaning: "The policy asks that only rows which both sides have are compared.",
    next: "Predict every row on both sides and remove `pairing: intersection`.",
  },
  "pairing-none": {
    concern: "remark",
    meaning: "The policy asks that rows are not paired.",
    next: "Give both sides the same ids and remove `pairing: none`: paired comparisons need fewer rows.",
  },
  "class-new": {
    concern: "remark",
    meaning: "The candidate's rows have a class that the baseline's do not have.",
    next: "Check that it is meant: averages over classes change their meaning.",
  },
  waived: {
    concern: "remark",
    meaning: "A waiver in the policy turns the failure into a warning.",
    next: "Mend it before the waiver ends.",
  },
  "waiver-expired": {
    concern: "remark",
    meaning: "A waiver has ended and has no effect.",
    next: "Remove it, or let an owner of the policy renew it.",
  },
  "waiver-unused": {
    concern: "remark",
    meaning: "A waiver matches nothing that needs one.",
    next: "Remove it from the policy.",
  },
  "earlier-attempt": {
    concern: "remark",
    meaning:
      "An earlier attempt on the same commit measured other numbers with a worse result; the worst of the attempts counts.",
    next: "Make the evaluation repeatable (fix its seeds), or set `on-rerun: latest` in the policy.",
  },
  "earlier-attempt-ignored": {
    concern: "remark",
    meaning: "An earlier attempt on the same commit measured other numbers; the policy lets the latest count.",
    next: "Make the evaluation repeatable (fix its seeds).",
  },
  "ages-not-checked": {
    concern: "remark",
    meaning: "The date of a commit is not known, so ages (of the baseline, of waivers) were not checked.",
    next: "Run in a git checkout.",
  },
  "eval-set-not-checked": {
    concern: "remark",
    meaning: "Neither side says which eval set it was measured on; they were compared as if it were the same.",
    next: "Give `eval-set`, so that a change of the data is noticed.",
  },
  "eval-set-accepted": {
    concern: "remark",
    meaning: "The eval set changed, and the policy admits this change once with accept-eval-set.",
    next: "Remove accept-eval-set after the merge.",
  },
  "rows-not-paired": {
    concern: "remark",
    meaning: "Rows are at hand on one side only, so the comparison is unpaired and needs about three times the rows.",
    next: "Keep the rows of the baseline (`rows: keep`).",
  },
  "direction-changed": {
    concern: "remark",
    meaning: "The two sides disagree on which way a metric is good; the policy's or else the baseline's word counts.",
    next: "Say `direction` in the gate.",
  },
  "max-drop-ignored": {
    concern: "remark",
    meaning: "The input max-drop does not tighten a gate of the policy, so the policy's margin stands.",
    next: "Change the margin in the policy, or leave the input out.",
  },
} as const satisfies Record<string, ReasonEntry>;

export type ReasonCode = keyof typeof reasonTable;

/** A reason of the table with its sentence; the next step is the table's unless a nearer one is known. */
export function because(code: ReasonCode, text: string, next?: string): Reason {
  return { code, text, next: next ?? reasonTable[code].next };
}

/** A note of the table: shown, decides nothing. */
export function remark(code: ReasonCode, text: string): Note {
  return { code, text };
}

/** What a reason code is about; `remark` for a code that is not of the table. */
export function concernOf(code: string): Concern {
  return isReasonCode(code) ? reasonTable[code].concern : "remark";
}

/** Whether a text is a code of the table. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasonTable, code);
}
