import { z } from "zod";
import { digest, direction, interval, metricName, modelName, note, run, slice, source } from "./fields.ts";

/** One measured metric. Either `value` or `undefined` (the reason why there is none) is present. */
export const metric = z
  .object({
    name: metricName,
    slice: slice.optional(),
    value: z.number().optional(),
    undefined: z.string().optional(),
    direction: direction.optional(),
    /** Where `near` wants the value to be. */
    target: z.number().optional(),
    unit: z.string().max(12).optional(),
    n: z.number().nonnegative().optional(),
    stderr: z.number().nonnegative().optional(),
    interval: interval.optional(),
    repeats: z.array(z.number()).optional(),
    from: z.object({ file: z.string(), format: z.string(), line: z.number().int().optional() }).optional(),
  })
  .refine(
    (m) => (m.value === undefined) !== (m.undefined === undefined),
    "needs either a value or a reason why there is none",
  );
export type Metric = z.infer<typeof metric>;

/** What the rows of a prediction table are. */
export const taskName = z.enum(["classification", "regression", "ranking", "text", "forecasting"]);
export type TaskName = z.infer<typeof taskName>;

/** What the rows mean: which metrics are computed from them, and how. */
export const rowsTask = z.object({
  task: taskName,
  /** The positive class of a binary classification. */
  positive: z.string().optional(),
  /** All classes, sorted by code point. */
  classes: z.array(z.string()).optional(),
  /** A row has any number of classes: columns `label:CLASS` and `prediction:CLASS` of 0 and 1. */
  multilabel: z.boolean().optional(),
  /** Row values whose mean, quantile or rate is a metric: columns `value:NAME`. */
  values: z.array(z.string()).optional(),
  /** The metrics computed from the rows. */
  compute: z.array(z.string()),
  /** The columns that slices may use. */
  slices: z.array(z.string()),
});
export type RowsTask = z.infer<typeof rowsTask>;

/** How a metric went during training: points of step or epoch and value, thinned to at most 500; shown, never judged. */
export const curve = z.object({
  name: metricName,
  x: z.enum(["step", "epoch"]),
  points: z.array(z.tuple([z.number(), z.number()])).max(500),
  from: z.object({ file: z.string(), format: z.string() }).optional(),
});
export type Curve = z.infer<typeof curve>;

/** The policy of the commit at which the base branch took a version in, and the gates of this model that it waived on that day. */
export const accepted = z.object({ policy: digest, waived: z.array(z.string()).optional() });
export type Accepted = z.infer<typeof accepted>;

/** The record of measuring one version of a model on one eval set. */
export const evaluation = z.object({
  kind: z.literal("metricgate/evaluation@1"),
  model: z.object({ name: modelName, digest: digest.optional() }),
  source,
  run: run.optional(),
  evalSet: z
    .object({
      id: z.string().optional(),
      digest: digest.optional(),
      /** The digest is of the ids and labels of the rows; of files otherwise. */
      of: z.literal("rows").optional(),
      rows: z.number().int().nonnegative().optional(),
    })
    .optional(),
  metrics: z.array(metric),
  curves: z.array(curve).max(1000).optional(),
  rows: z
    .object({
      file: z.string(),
      digest,
      count: z.number().int().nonnegative(),
      task: rowsTask,
      /** The rows of further training runs of the same version, on the same ids. */
      repeats: z.array(z.object({ file: z.string(), digest })).optional(),
    })
    .optional(),
  train: digest.optional(),
  /** Only of a version of the base branch, where there is a policy: the ledger tells its history by it. */
  accepted: accepted.optional(),
  notes: z.array(note).optional(),
});
export type Evaluation = z.infer<typeof evaluation>;
