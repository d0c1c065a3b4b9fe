import { z } from "zod";
import type { Digest } from "./digest.ts";

/** `sha256:…`: 64 lower-case hexadecimal digits. */
export const digest = z.custom<Digest>((value) => typeof value === "string" && /^sha256:[0-9a-f]{64}$/.test(value), {
  error: "is not a digest of the form sha256: and 64 lower-case hexadecimal digits",
});

/** A model's name: it is a folder, an artifact and a row of the report. */
export const modelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "is not a model name: [a-z0-9] first, then at most 63 of [a-z0-9._-]");

/** A metric's name, 1 to 200 characters. */
export const metricName = z.string().min(1).max(200);

/** A git commit id. */
export const commit = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, "is not a full commit id");

/** ISO 8601 in UTC with seconds, as in `2026-11-20T15:02:00Z`. */
export const instant = z.iso.datetime({ offset: true });

/** Which way is good. */
export const direction = z.enum(["up", "down", "near"]);
export type Direction = z.infer<typeof direction>;

/** The feature values that the rows of a slice share; absent means all rows. */
export const slice = z.record(z.string().min(1).max(200), z.string().max(200));
export type Slice = z.infer<typeof slice>;

/** A confidence interval: `low <= high`, in the metric's unit. */
export const interval = z.object({
  low: z.number(),
  high: z.number(),
  level: z.number().gt(0).lt(1),
  method: z.string(),
});
export type Interval = z.infer<typeof interval>;

/** A remark that is shown but decides nothing. */
export const note = z.object({ code: z.string(), text: z.string() });
export type Note = z.infer<typeof note>;

/** The tested commit; the time is git's committer date. */
export const source = z.object({
  repository: z.string().optional(),
  sha: commit.optional(),
  committedAt: instant.optional(),
  ref: z.string().optional(),
});
export type Source = z.infer<typeof source>;

/** What differs from run to run and therefore stands outside every digest. */
export const run = z.looseObject({
  id: z.number().int().optional(),
  attempt: z.number().int().optional(),
  workflow: z.string().optional(),
  event: z.string().optional(),
});
export type Run = z.infer<typeof run>;
