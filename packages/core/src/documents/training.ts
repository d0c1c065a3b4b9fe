import { z } from "zod";
import { digest, modelName, note, run, source } from "./fields.ts";

/** How a command ended. */
export const exit = z.object({
  code: z.number().int().optional(),
  signal: z.string().optional(),
  /** A cancellation or a signal to us ended it, not the command itself. */
  interrupted: z.boolean(),
});
export type Exit = z.infer<typeof exit>;

/** What the command used; measured, so it stands in `run`. */
export const resources = z.object({
  startedAt: z.string(),
  wallSeconds: z.number().nonnegative(),
  cpuSeconds: z.number().nonnegative().optional(),
  peakMemoryBytes: z.number().nonnegative().optional(),
});
export type Resources = z.infer<typeof resources>;

/** One of several runs of the training command, with another seed each. */
export const trainingRun = z.object({
  seed: z.number().int(),
  /** The digest of the model that this run made; the first run's is the record's. */
  model: digest.optional(),
  exit,
});
export type TrainingRun = z.infer<typeof trainingRun>;

/** The record of one training. */
export const training = z.object({
  kind: z.literal("metricgate/training@1"),
  model: z.object({ name: modelName, digest: digest.optional() }),
  source,
  command: z.string(),
  params: z.record(z.string(), z.string()).optional(),
  exit,
  /** The runs with their seeds, where the command ran more than once or was given a seed. */
  runs: z.array(trainingRun).optional(),
  checkpoint: z.object({ path: z.string(), restored: z.boolean() }).optional(),
  manifest: digest.optional(),
  notes: z.array(note).optional(),
  run: run.extend({ resources: resources.optional(), engine: z.string().optional() }).optional(),
});
export type Training = z.infer<typeof training>;
