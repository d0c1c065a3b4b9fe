import { z } from "zod";
import { digest, modelName, note, run } from "./fields.ts";
import { outcome } from "./verdict.ts";

/** One column of the current window held against the reference window. */
export const driftColumn = z.object({
  column: z.string(),
  type: z.enum(["numeric", "categorical"]),
  outcome,
  effect: z.object({ method: z.string(), value: z.number(), limit: z.number() }),
  p: z.number().min(0).max(1).optional(),
  adjustedP: z.number().min(0).max(1).optional(),
  referenceRows: z.number().int().nonnegative(),
  currentRows: z.number().int().nonnegative(),
});

/** The record of comparing live data with the reference window. */
export const drift = z.object({
  kind: z.literal("metricgate/drift@1"),
  model: z.object({ name: modelName, digest: digest.optional() }),
  reference: z.object({ id: z.string(), digest: digest.optional(), rows: z.number().int().nonnegative() }),
  current: z.object({ id: z.string(), digest: digest.optional(), rows: z.number().int().nonnegative() }),
  deployment: digest.optional(),
  columns: z.array(driftColumn),
  outcome,
  notes: z.array(note).optional(),
  run: run.optional(),
});
export type Drift = z.infer<typeof drift>;
