import { choiceOrNone, lines, modelDigest, shared, text } from "@metricgate/core/inputs/fields";
import { z } from "zod";

/** The inputs of `evaluate` that `review` has too. */
export const measuring = {
  metrics: lines("Metric files: globs, one per line."),
  predictions: text("Prediction table: CSV, TSV, JSON Lines, Parquet or NumPy arrays."),
  columns: lines(
    "What the table's columns mean: `id=`, `label=`, `prediction=`, `score=`, `weight=`, `group=`; `query=` (ranking); `series=`, `lower=`, `upper=`, `scale=` (forecasting); `samples=`, `correct=` (text); `values=` (row values, separated by commas); found by their usual names otherwise.",
  ),
  slices: lines("Columns of the table whose values make slices."),
  positive: text("The positive class."),
  task: choiceOrNone(
    ["classification", "regression", "ranking", "text", "forecasting"],
    "What the table's rows are; guessed, and named, otherwise.",
  ),
  compute: lines("Names of the metrics to compute from the table; a usual set per task otherwise."),
  "eval-set": lines("Files that make up the eval set; the id and label columns otherwise."),
  repeats: lines(
    "Prediction tables or metric files of further training runs of the same version: globs, one per line; values become the mean of the runs.",
  ),
  run: text("Command that evaluates; it runs in the shell with a scrubbed environment."),
  "baseline-run": text(
    "Command that measures the baseline again, in a work tree of its commit, when the stored one is of another eval set; needs `fetch-depth: 0`.",
  ),
  "pass-env": lines("Names of environment variables that the command gets although they would be scrubbed."),
  path: text("Folder that holds the model's files; their digest goes into the evaluation."),
  "model-digest": modelDigest,
};

/** The inputs of `evaluate`. */
export const inputs = z.strictObject({ ...shared, ...measuring });
