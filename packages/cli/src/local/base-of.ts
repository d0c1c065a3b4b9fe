import { UserError } from "@metricgate/core/errors/user-error";
import type { Change } from "@metricgate/core/ports/change";
import { gitIn } from "@metricgate/github/commit-look";

/** The commit that a branch, tag or commit names. @throws UserError `base-unknown` */
export async function baseOf(folder: string, name: string, branch: string): Promise<NonNullable<Change["base"]>> {
  const git = gitIn(folder);
  const sha = (await git("rev-parse", "--verify", "--end-of-options", `${name}^{commit}`))?.trim();
  if (sha === undefined)
    throw new UserError(
      "base-unknown",
      `git knows no commit ${JSON.stringify(name)}`,
      "Fetch it, or give another branch, tag or commit.",
    );
  return { branch, sha };
}
