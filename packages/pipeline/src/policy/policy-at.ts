import type { Change } from "@metricgate/core/ports/change";

/** The bytes of the policy file at a commit, by its path from the workspace's root; none where that commit has no such file. */
export type PolicyAt = (path: string, ref: string) => Promise<Uint8Array | undefined>;

/** Whether the change is not on its base branch yet: then the base's policy judges it. */
export function isProposed({ event, recordsBaseline }: Change): boolean {
  return event !== "local" && !recordsBaseline;
}

/** The commit whose policy judges: that of the base where a change is proposed, the tested one otherwise. */
export function judgingCommit(change: Change): string | undefined {
  return isProposed(change) ? change.base?.sha : change.sha;
}
