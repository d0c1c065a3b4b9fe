import type { TouchedFiles } from "@metricgate/core/plan/changed-models";
import type { Change } from "@metricgate/core/ports/change";
import type { Client } from "./client.ts";
import type { Git } from "./commit-look.ts";
import { changedFiles } from "./pull-request.ts";
import { ownerAndName } from "./repository.ts";

/** Files that GitHub lists of a comparison of two commits. */
const mostCompared = 300;

/**
 * The files that a change touches, by their paths from the repository's root, with the old names of renamed ones: of a pull request as GitHub lists them, else
 * since the tested commit left the base (three dots, as GitHub compares), by git where it has both, by GitHub otherwise. Undefined where there is no base.
 */
export async function touchedFiles(
  change: Change,
  { git, client, repo }: { git: Git; client?: () => Promise<Client>; repo?: string },
): Promise<TouchedFiles | undefined> {
  if (change.pullRequest !== undefined && client !== undefined && repo !== undefined) {
    const { files, complete } = await changedFiles(await client(), repo, change.pullRequest);
    return {
      paths: files.flatMap(({ path, previous }) => (previous === undefined ? [path] : [path, previous])),
      complete,
    };
  }
  const [base, sha] = [change.base?.sha, change.sha];
  if (base === undefined || sha === undefined) return undefined;
  const listed = await git("diff", "--name-only", "--no-renames", "-z", "--end-of-options", `${base}...${sha}`);
  if (listed !== undefined) return { paths: listed.split("\0").filter((path) => path !== ""), complete: true };
  if (client === undefined || repo === undefined) return undefined;
  const { data } = await (await client()).api.rest.repos.compareCommitsWithBasehead({
    ...ownerAndName(repo),
    basehead: `${base}...${sha}`,
    per_page: 1,
  });
  const files = data.files ?? [];
  return {
    paths: files.flatMap((file) =>
      file.previous_filename === undefined ? [file.filename] : [file.filename, file.previous_filename],
    ),
    complete: files.length < mostCompared,
  };
}
