import type { ReasonEntry } from "./reason-entry.ts";

/** Reasons that explain beside another one, or in a note. */
export const remarkReasons = {
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
  "baseline-behind": {
    concern: "remark",
    meaning: "The baseline was measured on an earlier commit than the base.",
    next: "Run the workflow on every push to the base branch.",
  },
  "slices-not-judged": {
    concern: "remark",
    meaning: "Some slices or groups have too few rows, or too few of the class, to be judged.",
    next: "Measure on more rows of them, or lower min-support.",
  },
  "low-n": {
    concern: "remark",
    meaning: "So few rows carry the metric (below 30, or below 10 of a class) that its interval may be too narrow.",
    next: "Measure on more rows.",
  },
  "few-rows-differ": {
    concern: "remark",
    meaning:
      "So few rows tell the two sides apart (about 30 are wanted) that a sample may have missed those that show a loss; the interval is wider for that.",
    next: "Label more rows of the class that the metric is about, or accept a wider margin.",
  },
  "calibration-floor": {
    concern: "remark",
    meaning:
      "A calibration error is near what a perfectly calibrated model would show on these rows: binning and chance alone make it larger than zero.",
    next: "Measure on more rows, or with fewer bins, before you read anything into it.",
  },
  "training-noise": {
    concern: "remark",
    meaning:
      "A side has one training run, so the noise between training runs is not in the intervals; or it has fewer than `repeats` asks for.",
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
  "attempts-pooled": {
    concern: "remark",
    meaning: "Attempts on the same commit measured different numbers; the policy pools them, so their mean was judged.",
    next: "Nothing to do; fix the seeds if the evaluation is meant to be repeatable.",
  },
  "ages-not-checked": {
    concern: "remark",
    meaning: "The date of a commit is not known, so ages (of the baseline, of waivers) were not checked.",
    next: "Run in a git checkout.",
  },
  "anchor-not-compared": {
    concern: "remark",
    meaning: "The policy asks for a second baseline (`anchor`), and a comparison of two files looks none up.",
    next: "Judge with `metricgate gate`, or name the anchor as `file:PATH`.",
  },
  "beyond-range": {
    concern: "remark",
    meaning:
      "A margin, a limit or a value lies at or beyond what the metric can be by its name, so the gate may never fail or never pass.",
    next: "Write margins and limits in the unit of the metric: 0.01 of an accuracy from 0 to 1, or 1 of one from 0 to 100.",
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
