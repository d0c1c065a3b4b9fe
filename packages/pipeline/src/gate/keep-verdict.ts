import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { documentText } from "../chain/write-document.ts";
import type { GatePorts } from "./gate-ports.ts";

/**
 * Keeps the verdict on a version that the base branch took in under a waiver, beside its record, so that the history tells whether the waiver was
 * used. What cannot be kept is warned of and changes no verdict.
 */
export async function keepVerdict(
  verdict: Verdict,
  { accepted }: Pick<Evaluation, "accepted">,
  { store, change, messages }: Pick<GatePorts, "store" | "change" | "messages">,
): Promise<void> {
  const { recordsBaseline, sha, base } = change;
  if (!recordsBaseline || sha === undefined || base === undefined || (accepted?.waived ?? []).length === 0) return;
  const bytes = new TextEncoder().encode(documentText(verdict));
  try {
    const kept = await store?.keepVerdict?.({ model: verdict.model, branch: base.branch, sha, verdict: bytes });
    if (kept?.written === true) messages.info(`Kept, since a waiver is in force: ${kept.where}`);
  } catch (thrown) {
    if (!(thrown instanceof UnavailableError)) throw thrown;
    messages.warn(`The verdict was not kept for the history: ${thrown.message}`);
  }
}
