import { historyAsked, pastRuns } from "@metricgate/core/baselines/history-asked";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import type { PastRun } from "@metricgate/core/documents/selection";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import type { GatePorts } from "./gate-ports.ts";
import { readPast } from "./read-past.ts";

/** The past runs that the gates with `history` ask for. Nothing is looked up when none does. */
export async function findHistory(
  policy: ModelPolicy | undefined,
  candidate: Evaluation,
  { store, change, hashing }: GatePorts,
): Promise<{ history?: PastRun[]; notes: Note[] }> {
  const asked = historyAsked(policy);
  if (asked === undefined) return { notes: [] };
  const without = (text: string) => ({ notes: [{ code: "history-not-kept", text }] });
  const { branch, sha } = change.base ?? {};
  if (branch === undefined || sha === undefined) return without("The base is not known here, so there is no history.");
  if (store?.history === undefined) {
    return without("This store keeps no history; gates with `history` need `store: branch`.");
  }
  const records = await store.history({ model: candidate.model.name, branch, base: sha, window: asked.window });
  return pastRuns(asked, await readPast(records, hashing), candidate);
}
