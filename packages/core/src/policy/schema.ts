import { z } from "zod";
import { taskName } from "../documents/evaluation.ts";
import { digest, direction, metricName, modelName } from "../documents/fields.ts";
import { severity } from "../documents/verdict.ts";
import { globProblem } from "../plan/glob-problem.ts";
import { fairnessRule, historyRule } from "./rule-schemas.ts";
import { margin } from "./written-margin.ts";

const onInconclusive = z.enum(["warn", "fail", "pass"]);
const onFound = z.enum(["fail", "warn"]);

const changeKeys = {
  "max-drop": margin.optional().describe("Largest loss of a metric that should be high."),
  "max-rise": margin.optional().describe("Largest loss of a metric that should be low."),
  "max-change": margin.optional().describe("Largest change either way."),
  "warn-margin": margin.optional().describe("A smaller margin whose breach only warns."),
};

const evidence = z
  .enum(["estimate", "bound", "significant", "proven"])
  .describe(
    "What a limit needs to hold (estimate, bound), or what a loss needs to fail (significant, proven, estimate).",
  );

/** The rule about slices inside a gate: the same question asked of the rows that share a value. */
export const sliceRule = z.strictObject({
  by: z.array(z.string().min(1)).min(1).describe("Columns; country+channel slices by both together."),
  ...changeKeys,
  min: z.number().optional(),
  max: z.number().optional(),
  evidence: evidence.optional(),
  "min-support": z.number().int().positive().optional().describe("Rows that a slice needs to be judged; 100."),
  multiplicity: z
    .enum(["holm", "bh", "none"])
    .optional()
    .describe("How failures are corrected for the number of slices; holm."),
});

/** One entry of `gates`. */
export const gateEntry = z.strictObject({
  metric: metricName.describe("A metric's name, or a glob such as task.*.acc."),
  label: z.string().max(100).optional(),
  direction: direction.optional().describe("up, down or near; may be left out for well-known names."),
  target: z.number().optional().describe("With near: the wanted value."),
  ...changeKeys,
  "max-off": z.number().nonnegative().optional().describe("With near: largest distance from the target."),
  min: z.number().optional().describe("Floor; works without a baseline."),
  max: z.number().optional().describe("Ceiling; works without a baseline."),
  "min-gain": margin.optional().describe("Smallest improvement that must be proven."),
  evidence: evidence.optional(),
  history: historyRule.optional().describe("The value must lie within what accepted runs of the base branch gave."),
  fairness: fairnessRule.optional().describe("The largest gap between groups of rows."),
  was: z.array(metricName).optional().describe("Earlier names of the metric."),
  slices: sliceRule.optional(),
  severity: severity.optional(),
  "on-inconclusive": onInconclusive.optional(),
});
export type GateEntry = z.infer<typeof gateEntry>;

/** Where a prediction table lies and what its columns mean. */
export const predictions = z.strictObject({
  path: z.string().min(1),
  id: z.string().optional(),
  label: z.string().optional(),
  prediction: z.string().optional(),
  score: z.string().optional(),
  weight: z.string().optional(),
  group: z.string().optional(),
  query: z.string().optional().describe("Of a ranking: the query of each document."),
  series: z.string().optional().describe("Of a forecast: the series of each row."),
  lower: z.string().optional().describe("Of a forecast: the lower bound of its interval."),
  upper: z.string().optional().describe("Of a forecast: the upper bound of its interval."),
  scale: z.string().optional().describe("Of a forecast: the error of the naive forecast in the series' training data."),
  samples: z.string().optional().describe("Of texts: how many answers were drawn."),
  correct: z.string().optional().describe("Of texts: how many of them are correct."),
  values: z.array(z.string()).optional().describe("Columns of numbers whose mean, quantiles or rates are metrics."),
  positive: z.string().optional(),
  task: taskName.optional(),
  slices: z.array(z.string()).optional(),
});

/** Globs of the repository's files. One that could match nothing is refused here, as nobody would notice it later. */
const pathGlobs = z
  .array(
    z.string().superRefine((pattern, context) => {
      const wrong = globProblem(pattern);
      if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong.text, params: { next: wrong.next } });
    }),
  )
  .min(1, "names nothing");

/** One model of the policy. */
export const modelPolicy = z.strictObject({
  paths: pathGlobs.optional().describe("Globs of the files that make this model changed, from the working directory."),
  metrics: z.array(z.string()).optional(),
  predictions: predictions.optional(),
  compute: z.array(z.string()).optional(),
  "eval-set": z.strictObject({ files: z.array(z.string()).optional(), id: z.string().optional() }).optional(),
  "accept-eval-set": digest
    .optional()
    .describe("Admits one planned change of the data: the digest of the new eval set."),
  headline: z.strictObject({ metric: metricName, say: z.string().max(200) }).optional(),
  rows: z.enum(["keep", "none"]).optional(),
  examples: z
    .enum(["none", "ids", "columns"])
    .optional()
    .describe(
      "What reports say of single rows: nothing, their ids (the default), or their columns too, in the HTML report.",
    ),
  pairing: z
    .enum(["auto", "intersection", "none"])
    .optional()
    .describe("auto: the ids of both sides must be the same; intersection: only common ids count; none: unpaired."),
  repeats: z.number().int().min(2).optional().describe("How many training runs each side should have."),
  "training-sd": z
    .record(metricName, z.number().nonnegative())
    .optional()
    .describe("By metric: the sd between training runs, for sides that have one run only."),
  gates: z.array(gateEntry).min(1),
  confidence: z.number().gt(0.5).lt(1).optional(),
  seed: z.number().int().nonnegative().optional(),
});
export type ModelPolicy = z.infer<typeof modelPolicy>;

export const waiverEntry = z.strictObject({
  model: modelName.optional(),
  gate: z.string().min(1).describe("A gate or the id of one of its results."),
  reason: z.string().min(1).max(500),
  by: z.string().min(1).max(100),
  until: z.iso.date(),
});
export type WaiverEntry = z.infer<typeof waiverEntry>;

const baselineFrom = z
  .string()
  .regex(
    /^(base|ancestor|latest|(file|tag|deployed):.+)$/,
    "is none of base, ancestor, latest, deployed:ENVIRONMENT, tag:GLOB, file:PATH",
  );

const anchorFrom = z.string().regex(/^(file|tag|deployed):.+$/, "is none of tag:GLOB, deployed:ENVIRONMENT, file:PATH");

/** The policy's keys outside `models`. */
export const policyFrame = {
  version: z.literal(1),
  baseline: z
    .strictObject({
      from: z.array(baselineFrom).min(1).optional(),
      anchor: anchorFrom.optional().describe("A second baseline: catches small losses that add up."),
      "max-age": z
        .string()
        .regex(/^\d+d$/, "is not a number of days such as 14d")
        .optional(),
    })
    .optional(),
  "on-missing-baseline": onFound.optional(),
  "on-incomparable": onFound.optional(),
  "on-missing-metric": onFound.optional(),
  "on-inconclusive": onInconclusive.optional(),
  "on-rerun": z.enum(["worst", "latest", "pool"]).optional(),
  protect: pathGlobs
    .optional()
    .describe(
      "Globs of files, from the repository's root: the trusted run gives a change of one no success without an owner's approval.",
    ),
  comment: z.strictObject({ when: z.enum(["changes", "always", "failures", "never"]).optional() }).optional(),
  waivers: z.array(waiverEntry).optional(),
};

/** The policy file, `.github/metricgate.yml`. */
export const policy = z.strictObject({ ...policyFrame, models: z.record(modelName, modelPolicy) });
export type Policy = z.infer<typeof policy>;
