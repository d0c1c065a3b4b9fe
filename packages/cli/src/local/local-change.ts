import type { Change } from "@metricgate/core/ports/change";
import { commitLook, gitIn } from "@metricgate/github/commit-look";

/** What is tested on a laptop: the commit of the work tree, as far as git knows it. `at` stands in for its date where there is no git. */
export async function localChange(folder: string, at: string | undefined): Promise<Change> {
  const look = commitLook({ git: gitIn(folder) });
  const sha = await look.checkedOut();
  const committedAt = at ?? (sha === undefined ? undefined : await look.committedAt(sha));
  return {
    event: "local",
    recordsBaseline: false,
    ...(sha === undefined ? {} : { sha, headSha: sha }),
    ...(committedAt === undefined ? {} : { committedAt }),
  };
}
