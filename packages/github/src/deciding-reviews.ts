import type { Client } from "./client.ts";
import { ownerAndName } from "./repository.ts";

/** A review that says yes or no, or that did before it was dismissed. */
export interface DecidingReview {
  login: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "DISMISSED";
  /** The head that was reviewed; null where GitHub no longer knows it. */
  sha: string | null;
}

/** The deciding reviews of a pull request by others than its author, oldest first; comments decide nothing. */
export async function decidingReviews(
  client: Client,
  repo: string,
  pull: { number: number; author?: string | undefined },
): Promise<DecidingReview[]> {
  const reviews = await client.api.paginate(client.api.rest.pulls.listReviews, {
    ...ownerAndName(repo),
    pull_number: pull.number,
    per_page: 100,
  });
  return reviews.flatMap(({ user, state, commit_id }) => {
    if (user === null || user.login === pull.author) return [];
    if (state !== "APPROVED" && state !== "CHANGES_REQUESTED" && state !== "DISMISSED") return [];
    return [{ login: user.login, state, sha: commit_id }];
  });
}
