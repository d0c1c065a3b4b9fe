import { z } from "zod";
import { commit, digest, instant, metricName, modelName, note } from "./fields.ts";

/** Why there is no baseline. */
export const baselineMissing = z.object({
  code: z.enum([
    "first-run",
    "baseline-missing",
    "base-not-given",
    "baseline-expired",
    "baseline-unreadable",
    "store-unavailable",
    "left-out",
  ]),
  text: z.string(),
  /** What was looked at, in order. */
  tried: z.array(z.object({ from: z.string(), found: z.string() })),
});
export type BaselineMissing = z.infer<typeof baselineMissing>;

/** The baseline that was chosen, and how. */
export const baselineChosen = z.object({
  evaluation: digest,
  sha: commit.optional(),
  /** `base`, `ancestor`, `latest`, `deployed:NAME`, `tag:GLOB` or `file:PATH`. */
  from: z.string(),
  /** Commits between the base and the commit the baseline was measured on. */
  behind: z.number().int().nonnegative().optional(),
  ageDays: z.number().nonnegative().optional(),
  /** Older than `max-age`; only of `ancestor` and `latest`. */
  stale: z.boolean().optional(),
  /** The days that `max-age` allows, where it is older. */
  maxAgeDays: z.number().int().nonnegative().optional(),
});
export type BaselineChosen = z.infer<typeof baselineChosen>;

/** The policy as it was found. `digest` is of the policy's bytes, absent when there is no policy file. */
export const policyFound = z.object({
  digest: digest.optional(),
  path: z.string().optional(),
  /** The commit it was read from; absent on a laptop. */
  ref: z.string().optional(),
  /** The pull request changes the policy. */
  changedHere: z.boolean(),
  /** The policy was proposed by the change that it judges. */
  advisory: z.boolean(),
  /** The input `max-drop`, as given. */
  maxDrop: z.string().optional(),
  /** There is no policy and `max-drop` was not given, so `maxDrop` is the default. */
  maxDropDefault: z.literal(true).optional(),
});
export type PolicyFound = z.infer<typeof policyFound>;

/** An earlier attempt of the same run on the same commit. */
export const attempt = z.object({ attempt: z.number().int().positive(), evaluation: digest });
export type Attempt = z.infer<typeof attempt>;

/** The values that an accepted run of the base branch measured on all rows, by metric. */
export const pastRun = z.object({
  sha: commit,
  evaluation: digest,
  committedAt: instant.optional(),
  values: z.record(metricName, z.number()),
  /** Those of the metrics that a waiver of that day covered. */
  waived: z.array(metricName).optional(),
  /** Those of `waived` whose waiver the verdict of that day used; absent where that verdict was not kept. */
  waiversUsed: z.array(metricName).optional(),
  /** The policy was another one than at the record before. */
  policyChanged: z.literal(true).optional(),
});
export type PastRun = z.infer<typeof pastRun>;

/** What `gate` needs besides the candidate, so that the same files give the same verdict anywhere. */
export const selection = z
  .object({
    kind: z.literal("metricgate/selection@1"),
    model: modelName,
    baseline: baselineChosen.optional(),
    baselineMissing: baselineMissing.optional(),
    /** The policy's second baseline, when it asks for one: found, or why not. */
    anchor: baselineChosen.optional(),
    anchorMissing: baselineMissing.optional(),
    /** Accepted runs for the gates with `history`, oldest first. */
    history: z.array(pastRun).optional(),
    policy: policyFound,
    /** `inform` on a push to the base branch: the verdict is shown and does not fail the step. */
    mode: z.enum(["judge", "inform"]).optional(),
    earlier: z.array(attempt).optional(),
    notes: z.array(note).optional(),
  })
  .refine(
    (s) => (s.baseline === undefined) !== (s.baselineMissing === undefined),
    "needs either a baseline or the reason why there is none",
  );
export type Selection = z.infer<typeof selection>;
