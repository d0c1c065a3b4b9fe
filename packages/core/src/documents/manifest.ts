import { z } from "zod";
import { digest, modelName } from "./fields.ts";

/** One file of a model: a relative path with forward slashes, its size in bytes and the SHA-256 of its bytes. */
export const manifestFile = z.object({
  path: z.string().min(1).max(1024),
  size: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ManifestFile = z.infer<typeof manifestFile>;

/** The sorted list of a model's files. Its `files` alone make the model digest. */
export const manifest = z.object({
  kind: z.literal("metricgate/manifest@1"),
  model: modelName,
  /** SHA-256 of the canonical bytes of `files`. */
  digest,
  files: z.array(manifestFile),
});
export type Manifest = z.infer<typeof manifest>;
