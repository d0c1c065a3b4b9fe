import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import { deployment } from "./deployment.ts";
import { type Digest, digestOf, type HashText } from "./digest.ts";
import { drift } from "./drift.ts";
import { evaluation } from "./evaluation.ts";
import { manifest } from "./manifest.ts";
import { isPlainMetric } from "./plain-metric.ts";
import { selection } from "./selection.ts";
import { training } from "./training.ts";
import { verdict } from "./verdict.ts";

/** Every kind of document, by the word before `@`. */
export const kinds = { training, manifest, evaluation, selection, verdict, deployment, drift };
export type KindName = keyof typeof kinds;
export type DocumentOf<K extends KindName> = z.output<(typeof kinds)[K]>;

/** A document as read, with the digest of what was received. */
export interface Received<K extends KindName> {
  document: DocumentOf<K>;
  digest: Digest;
}

/**
 * Validates a parsed JSON value as a document of one kind. Fields that are not known are ignored; the digest covers them.
 * @throws UserError `document-invalid` or `document-version`, naming `where`
 */
export function receive<K extends KindName>(kind: K, value: unknown, where: string, hash: HashText): Received<K> {
  const given = typeof value === "object" && value !== null && "kind" in value ? String(value.kind) : "no kind";
  const expected = `metricgate/${kind}@1`;
  if (given !== expected) {
    const version = given.startsWith(`metricgate/${kind}@`);
    throw new UserError(
      version ? "document-version" : "document-invalid",
      `${where} is ${given}, and ${expected} was expected`,
      version
        ? "Use the version of MetricGate that wrote it, or write it again with this one."
        : `Give a file of kind ${expected}.`,
      { file: where },
    );
  }
  const parsed = parse(kind, value as object);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    const at = first === undefined ? "" : ` (${first.path.join(".") || "document"}: ${first.message})`;
    throw new UserError(
      "document-invalid",
      `${where} is not a valid ${expected}${at}`,
      "Write it again with the step that made it.",
      { file: where },
    );
  }
  return { document: parsed.data as DocumentOf<K>, digest: digestOf(value as object, hash) };
}

/** As the schema says. Metrics that a quick check finds plain are taken as they are, since a document may hold 100,000 of them. */
function parse(kind: KindName, value: object): z.ZodSafeParseResult<unknown> {
  const schema: z.ZodType = kinds[kind];
  const metrics = kind === "evaluation" && "metrics" in value ? value.metrics : undefined;
  if (!Array.isArray(metrics) || !metrics.every(isPlainMetric)) return schema.safeParse(value);
  const rest = schema.safeParse({ ...value, metrics: [] });
  return rest.success ? { ...rest, data: { ...(rest.data as object), metrics } } : rest;
}

/** The JSON Schema (draft 2020-12) of a kind of document. */
export function jsonSchema(kind: KindName): object {
  return z.toJSONSchema(kinds[kind], { io: "input", unrepresentable: "any" });
}
