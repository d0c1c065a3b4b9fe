import type { Digest } from "../documents/digest.ts";
import type { Accepted, Evaluation } from "../documents/evaluation.ts";
import type { Verdict } from "../documents/verdict.ts";
import { matchesGlob } from "../gates/glob.ts";
import { activeWaivers } from "../gates/waivers.ts";
import type { Policy } from "../policy/schema.ts";
import type { PastRead } from "./history-asked.ts";

/** What the record of a version of the base branch keeps of the policy of its day. `digest` is of the policy's text. */
export function acceptedUnder(
  policy: Policy,
  digest: Digest,
  model: string,
  committedAt: string | undefined,
): Accepted {
  const waived = activeWaivers(policy, model, committedAt).map(({ gate }) => gate);
  return { policy: digest, ...(waived.length === 0 ? {} : { waived: [...new Set(waived)] }) };
}

/**
 * Whether a waiver was in force that day for a metric over all rows: by its name, a glob, or the id of one of its results. One of a slice alone
 * says nothing of the metric's value.
 */
export function isWaived({ accepted }: Pick<Evaluation, "accepted">, metric: string): boolean {
  return (accepted?.waived ?? []).some(
    (gate) => matchesGlob(gate, metric) || (gate.startsWith(`${metric}/`) && !gate.endsWith("]")),
  );
}

/**
 * The metrics whose results over all rows a waiver turned into a warning, by the verdict on a record; undefined of a verdict on another evaluation,
 * which says nothing of it.
 */
export function waiversUsed({ candidate, gates }: Verdict, evaluation: Digest): string[] | undefined {
  if (candidate.evaluation !== evaluation) return undefined;
  const used = gates.filter(({ waiver, slice }) => waiver !== undefined && slice === undefined);
  return [...new Set(used.map(({ metric }) => metric))];
}

/** For each past record in its order, whether its policy is another than that of the last record before it which names one. */
export function policyMarks(read: readonly PastRead[]): boolean[] {
  let last: string | undefined;
  return read.map((past) => {
    const policy = "unreadable" in past ? undefined : past.received.document.accepted?.policy;
    const changed = policy !== undefined && last !== undefined && policy !== last;
    last = policy ?? last;
    return changed;
  });
}
