import { choiceOrNone, lines, modelDigest, shared, text } from "@metricgate/core/inputs/fields";
import { z } from "zod";

/** The inputs of `evaluate` that `review` has too. */
export const measuring = {
  metrics: lines("Metric files: globs, one per line."),
  predictions: text("Prediction table, a CSV file."),
  columns: lines(
    "What the table's columns mean: `id=`, `label=`, `prediction=`, `score=`, `weight=`, `group=`; found by their usual names otherwise.",
  ),
  slices: lines("Columns of the table whose values make slices."),
  positive: text("The positive class."),
  task: choiceOrNone(["classification", "regression"], "What the table's rows are; guessed, and named, otherwise."),
  compute: lines("Names of the metrics to compute from the table; a usual set per task otherwise."),
  "eval-set": lines("Files that make up the eval set; the id and label columns otherwise."),
  repeats: lines(
    "Prediction tables or metric files of further training runs of the same version: globs, one per line; values become the mean of the runs.",
  ),
  run: text("Command that evaluates; it runs in the shell with a scrubbed environment."),
  "pass-env": lines("Names of environment variables that the command gets although they would be scrubbed."),
  path: text("Folder that holds the model's files; their digest goes into the evaluation."),
  "model-digest": modelDigest,
};

/** The inputs of `evaluate`. */
export const inputs = z.strictObject({ ...shared, ...measuring });
