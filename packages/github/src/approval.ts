import type { Client } from "./client.ts";
import { ownerAndName } from "./repository.ts";

/** Whether people let a job of this run into an environment. */
export interface ApprovalFound {
  approved: boolean;
  /** The logins of those who approved, in the order of their reviews. */
  by: string[];
  /** Why not, in words. */
  text?: string;
}

/**
 * Reads the approvals of a run. GitHub's list does not say which attempt a review was for, so each earlier attempt that
 * promoted has used up one: a further attempt needs a further approval.
 * @param usedBefore earlier attempts of this run that have a Deployment in this environment
 */
export async function approvalOf(
  client: Client,
  o: { repo: string; runId: number; environment: string; usedBefore: number },
): Promise<ApprovalFound> {
  const { data } = await client.api.rest.actions.getReviewsForRun({ ...ownerAndName(o.repo), run_id: o.runId });
  const reviews = data.filter((review) =>
    review.environments.some((e) => e.name?.toLowerCase() === o.environment.toLowerCase()),
  );
  const approvals = reviews.filter((review) => review.state === "approved");
  const by = [...new Set(approvals.map((review) => review.user.login))];
  if (approvals.length > o.usedBefore) return { approved: true, by };
  if (approvals.length === 0) {
    return { approved: false, by, text: `Nobody approved ${o.environment} in this run: it has no required reviewers.` };
  }
  return { approved: false, by, text: `The approval of ${o.environment} was for an earlier attempt, which used it.` };
}

/** Earlier attempts of a run that promoted, each counted once. */
export function attemptsUsed(
  deployments: readonly { run: { id: number; attempt: number } }[],
  run: { id: number; attempt: number },
): number {
  const earlier = deployments.filter((d) => d.run.id === run.id && d.run.attempt < run.attempt);
  return new Set(earlier.map((d) => d.run.attempt)).size;
}
