import { waiversUsed } from "@metricgate/core/baselines/accepted";
import type { PastRead } from "@metricgate/core/baselines/history-asked";
import type { Received } from "@metricgate/core/documents/kinds";
import { UserError } from "@metricgate/core/errors/user-error";
import type { PastRecord } from "@metricgate/core/ports/baseline-store";
import { receiveBytes } from "../chain/read-document.ts";
import type { Hashing } from "../ports/hashing.ts";

/**
 * Recorded evaluations, validated, in their order; one that is none says why. Of one under a waiver the verdict is read too, where it was kept: it
 * tells whether the waiver was used.
 */
export async function readPast(records: readonly PastRecord[], hashing: Hashing): Promise<PastRead[]> {
  const read: PastRead[] = [];
  for (const record of records) {
    const evaluation = received("evaluation", record.evaluation, record.sha, hashing);
    if ("unreadable" in evaluation) {
      read.push({ sha: record.sha, unreadable: evaluation.unreadable });
      continue;
    }
    const used = await usedOf(record, evaluation, hashing);
    read.push({ sha: record.sha, received: evaluation, ...(used === undefined ? {} : { waiversUsed: used }) });
  }
  return read;
}

/** Undefined where no waiver was in force, no verdict was kept, or what was kept is none on this evaluation. */
async function usedOf(
  record: PastRecord,
  { document, digest }: Received<"evaluation">,
  hashing: Hashing,
): Promise<string[] | undefined> {
  if ((document.accepted?.waived ?? []).length === 0) return undefined;
  const bytes = await record.verdict?.();
  const verdict = bytes === undefined ? undefined : received("verdict", bytes, record.sha, hashing);
  return verdict === undefined || "unreadable" in verdict ? undefined : waiversUsed(verdict.document, digest);
}

function received<K extends "evaluation" | "verdict">(
  kind: K,
  bytes: Uint8Array,
  name: string,
  hashing: Hashing,
): Received<K> | { unreadable: string } {
  try {
    return receiveBytes(kind, bytes, name, hashing);
  } catch (thrown) {
    if (thrown instanceof UserError) return { unreadable: thrown.message };
    throw thrown;
  }
}
