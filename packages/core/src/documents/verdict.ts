import { z } from "zod";
import { commit, digest, direction, interval, metricName, modelName, note, slice } from "./fields.ts";
import { baselineChosen, baselineMissing, policyFound } from "./selection.ts";

/** What one gate found. */
export const outcome = z.enum(["pass", "fail", "inconclusive", "missing", "skipped"]);
export type Outcome = z.infer<typeof outcome>;

/** What follows from an outcome under the policy; a model's verdict is its worst. */
export const judgement = z.enum(["pass", "warn", "fail"]);
export type Judgement = z.infer<typeof judgement>;

/** How much a gate's failure counts: `info` is shown only. */
export const severity = z.enum(["error", "warn", "info"]);
export type Severity = z.infer<typeof severity>;

/**
 * The rules a gate can apply. `near`: the distance from the target is at most `limit`. `history`: within the `band` of past runs.
 * `fairness`: the largest gap between groups is at most, for a ratio at least, `limit`. `presence` stands for what a gate
 * asks of and did not find (a metric, a slice column), `baseline` for a baseline itself: absent, stale or incomparable.
 */
export const rule = z.enum([
  "no-regression",
  "improvement",
  "equivalence",
  "near",
  "min",
  "max",
  "history",
  "fairness",
  "presence",
  "baseline",
]);
export type Rule = z.infer<typeof rule>;

/** Why an outcome is what it is: a code of the table in docs/reasons.md, a sentence and a next step. */
export const reason = z.object({ code: z.string(), text: z.string(), next: z.string() });
export type Reason = z.infer<typeof reason>;

/** A dated, reasoned exception. */
export const waiver = z.object({ gate: z.string(), reason: z.string(), by: z.string(), until: z.iso.date() });
export type Waiver = z.infer<typeof waiver>;

/** What a limit needs to hold (`estimate`: the value, `bound`: its interval), or what a loss needs to fail. */
export const evidence = z.enum(["estimate", "bound", "significant", "proven"]);
export type Evidence = z.infer<typeof evidence>;

/** What accepted runs of the past allow; `low` or `high` is absent on the side that is not judged. */
export const band = z.object({
  low: z.number().optional(),
  high: z.number().optional(),
  method: z.string(),
  runs: z.number().int().positive(),
});
export type Band = z.infer<typeof band>;

/** The groups of a fairness result: how their gap is measured, the worst pair, and who was left out and why. */
export const groupGap = z.object({
  by: z.string(),
  measure: z.enum(["difference", "ratio", "to-overall"]),
  worst: z.tuple([z.string(), z.string()]).optional(),
  values: z.array(z.object({ group: z.string(), value: z.number(), n: z.number() })),
  excluded: z.array(z.object({ group: z.string(), n: z.number(), why: z.string() })),
});
export type GroupGap = z.infer<typeof groupGap>;

/** The independent units of the rows, where they are not the rows themselves, and how many there are. */
export const counted = z.object({ of: z.enum(["groups", "queries", "series"]), n: z.number().int().nonnegative() });
export type Counted = z.infer<typeof counted>;

/** One result: one entry of the policy applied to one metric, rule and slice. */
export const gateResult = z.object({
  /** `metric/rule` or `metric/rule[key=value]`, unique in the verdict; against the anchor `metric/rule@anchor`. */
  id: z.string(),
  /** The `metric` pattern of the policy's entry. */
  gate: z.string(),
  metric: metricName,
  slice: slice.optional(),
  rule,
  /** `anchor` when it was held against the policy's second baseline. */
  against: z.literal("anchor").optional(),
  outcome,
  verdict: judgement,
  severity,
  reasons: z.array(reason),
  direction: direction.optional(),
  unit: z.string().optional(),
  baseline: z.number().optional(),
  candidate: z.number().optional(),
  /** candidate − baseline in raw units, or with `scale: relative` the ratio − 1; interval and margin alike. */
  change: z.number().optional(),
  scale: z.enum(["absolute", "relative"]).optional(),
  interval: interval.optional(),
  margin: z.number().nonnegative().optional(),
  /** A smaller margin in the same scale, whose breach only warns. */
  warnMargin: z.number().nonnegative().optional(),
  evidence: evidence.optional(),
  limit: z.number().optional(),
  n: z.number().nonnegative().optional(),
  p: z.number().min(0).max(1).optional(),
  adjustedP: z.number().min(0).max(1).optional(),
  /** Rows (or what `counted` counts) that would settle an open question, always more than there are; beside a pass those that its margin needs. */
  rowsNeeded: z.number().int().positive().optional(),
  counted: counted.optional(),
  band: band.optional(),
  groups: groupGap.optional(),
  /** P(a run of the candidate is better than a run of the baseline), with five or more training runs on each side. */
  pSuperior: z.number().min(0).max(1).optional(),
  waiver: waiver.optional(),
});
export type GateResult = z.infer<typeof gateResult>;

/** A metric that no gate judged. */
export const ungated = z.object({
  metric: metricName,
  slice: slice.optional(),
  /** `no-direction`, `no-gate`, `new` or `gone`. */
  why: z.enum(["no-direction", "no-gate", "new", "gone"]),
  direction: direction.optional(),
  unit: z.string().optional(),
  baseline: z.number().optional(),
  candidate: z.number().optional(),
  change: z.number().optional(),
});
export type Ungated = z.infer<typeof ungated>;

/** Results by what was found; `incomparable` are the missing ones whose eval set or rows differ, `waived` counts beside. */
export const counts = z.object({
  pass: z.number().int(),
  fail: z.number().int(),
  inconclusive: z.number().int(),
  incomparable: z.number().int(),
  missing: z.number().int(),
  skipped: z.number().int(),
  waived: z.number().int(),
});
export type Counts = z.infer<typeof counts>;

/** The decision about one candidate. `verdict` is absent when nothing was judged. */
export const verdict = z.object({
  kind: z.literal("metricgate/verdict@1"),
  model: modelName,
  verdict: judgement.optional(),
  candidate: z.object({
    evaluation: digest,
    model: digest.optional(),
    sha: commit.optional(),
    committedAt: z.string().optional(),
    evalSet: z.object({ id: z.string().optional(), digest: digest.optional(), rows: z.number().optional() }).optional(),
  }),
  selection: digest,
  baseline: baselineChosen.optional(),
  baselineMissing: baselineMissing.optional(),
  /** The policy's second baseline, when it asks for one and it was found. */
  anchor: baselineChosen.optional(),
  policy: policyFound,
  /** The policy's `headline`, with its numbers. */
  headline: z
    .object({
      metric: metricName,
      say: z.string(),
      baseline: z.number().optional(),
      candidate: z.number().optional(),
      n: z.number().optional(),
    })
    .optional(),
  gates: z.array(gateResult),
  ungated: z.array(ungated),
  counts,
  notes: z.array(note).optional(),
  run: z.looseObject({}).optional(),
});
export type Verdict = z.infer<typeof verdict>;
