import type { ReasonEntry } from "./reason-entry.ts";

/**
 * Remarks of an evaluation that bear on the trust in its numbers, so that they go on into the verdict and its report. Others (which columns were
 * taken, which numbers were no metrics) stay in the evaluation.
 */
export const measuredReasons = {
  "line-open": {
    concern: "remark",
    meaning: "The last line of a measured file has no line end: the file may be cut, and rows or a value be wrong.",
    next: "See that the step which wrote the file ended, and let it end the last line.",
  },
  "record-cut": {
    concern: "remark",
    meaning: "The last record of an event file is not whole: its run was killed or still writes.",
    next: "See that the training ended before it was measured.",
  },
  "ids-by-position": {
    concern: "remark",
    meaning:
      "The predictions have no id column, so the rows of both sides are paired by their number, and rows in another order would be compared wrongly.",
    next: "Write an id for every row, and name it with `columns: id=…`.",
  },
  "prediction-from-score": {
    concern: "remark",
    meaning: "The predicted classes are not in the file; they were made from the scores.",
    next: "Write the predictions that the model would serve, with its own threshold.",
  },
  "prediction-missing": {
    concern: "remark",
    meaning:
      "The predicted classes are not in the file and do not follow from the scores: metrics of predicted classes are left out.",
    next: "Write a column of predictions.",
  },
  "values-missing": {
    concern: "remark",
    meaning: "A column of row values has cells without a finite number, so its metrics have no value.",
    next: "Write a number in every row.",
  },
  "queries-without-relevant": {
    concern: "remark",
    meaning: "Some queries have no relevant document and count as 0.",
    next: "Leave such queries out on both sides, or accept that they lower the mean.",
  },
  "mape-of-zero": {
    concern: "remark",
    meaning: "Labels are 0, where a percentage error says nothing.",
    next: "Compute wape or smape.",
  },
  "limited-run": {
    concern: "remark",
    meaning: "A benchmark was run with a limit: not all of its questions were asked.",
    next: "Run it without the limit.",
  },
  "questions-unknown": {
    concern: "remark",
    meaning: "Nothing in a benchmark's results proves that both sides were asked the same questions.",
    next: "Run it with --log_samples, or give `eval-set`.",
  },
  "tests-errored": {
    concern: "remark",
    meaning: "Tests of a prompt evaluation ended in an error; they count as not passed.",
    next: "See the errors in its results, and run it again.",
  },
  "cases-failed": {
    concern: "remark",
    meaning: "Test cases of a file that metrics were taken from failed.",
    next: "See the test report: a failed case may have recorded no value, or a wrong one.",
  },
  machine: {
    concern: "remark",
    meaning:
      "Times were measured on the processor that the remark names; those of two processors say little of each other.",
    next: "Measure both sides on the same kind of machine.",
  },
  "repeats-single": {
    concern: "remark",
    meaning: "Some metrics were measured in the first training run only, so their noise between runs is not known.",
    next: "Let every run write the same metrics.",
  },
  "repeats-unknown": {
    concern: "remark",
    meaning: "Metrics of further training runs are not in the first run, and were left out.",
    next: "Let every run write the same metrics.",
  },
  "name-similar": {
    concern: "remark",
    meaning: "The names of two metrics differ only in case.",
    next: "Rename one of them, so that nobody takes it for the other.",
  },
  "name-hidden": {
    concern: "remark",
    meaning: "The name of a metric holds characters that cannot be seen.",
    next: "Find out who wrote it: it may pass itself off as another metric.",
  },
  "name-lookalike": {
    concern: "remark",
    meaning: "The name of a metric mixes alphabets whose letters look alike.",
    next: "Find out who wrote it: it may pass itself off as another metric.",
  },
} as const satisfies Record<string, ReasonEntry>;
