import { z } from "zod";
import { digest, modelName, note, run, source } from "./fields.ts";
import { judgement } from "./verdict.ts";

/** One check of what was promoted. */
export const smoke = z.object({
  kind: z.enum(["command", "http"]),
  what: z.string(),
  ok: z.boolean(),
  text: z.string(),
});
export type Smoke = z.infer<typeof smoke>;

/** Who let it through. */
export const approval = z.object({
  kind: z.enum(["environment", "pull-request", "none"]),
  environment: z.string().optional(),
  by: z.array(z.string()).optional(),
});
export type Approval = z.infer<typeof approval>;

/** The record of one promotion or rollback. */
export const deployment = z.object({
  kind: z.literal("metricgate/deployment@1"),
  model: z.object({ name: modelName, digest }),
  source,
  /** Absent for a rollback, which needs no new verdict. */
  verdict: z.object({ digest, verdict: judgement }).optional(),
  approval,
  target: z.object({ type: z.string(), to: z.string(), environment: z.string().optional() }),
  action: z.enum(["promote", "rollback"]),
  previous: digest.optional(),
  smoke: z.array(smoke),
  /** `active`: it is live · `rolled-back`: the smoke test failed and the previous one is live again · `failed`: nothing changed. */
  outcome: z.enum(["active", "unchanged", "rolled-back", "failed"]),
  notes: z.array(note).optional(),
  run: run.extend({ at: z.string().optional(), url: z.string().optional() }).optional(),
});
export type Deployment = z.infer<typeof deployment>;
