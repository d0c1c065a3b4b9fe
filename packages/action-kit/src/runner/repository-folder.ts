import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";
import { normalPath, repositoryPath } from "@metricgate/core/plan/repository-path";

/** Where a step's working directory lies in the repository. */
export interface RepositoryFolder {
  /** From the repository's root, `.` for the root itself. */
  folder: string;
  /** A path that starts from the working directory, from the repository's root. @throws UserError `outside-workspace` */
  pathOf(path: string): string;
}

/**
 * Finds it by names alone, as GitHub asks for files by their names: through a link the base's file of the same path would be another one, and a
 * pull request can make links. The root is the checkout that the folder lies in (never a submodule, which a pull request can make too), else the job's folder.
 * @param workspace the job's folder, `GITHUB_WORKSPACE`
 */
export function repositoryFolder(workingDirectory: string, workspace: string | undefined): RepositoryFolder {
  const place = resolve(workingDirectory);
  const job = workspace === undefined || workspace === "" ? undefined : resolve(workspace);
  const inJob = job !== undefined && !outside(job, place);
  const root = checkoutOf(place, inJob ? job : undefined) ?? (inJob ? job : undefined);
  const folder = root === undefined ? undefined : normalPath(relative(root, place));
  return {
    folder: folder ?? ".",
    pathOf(path) {
      const found = folder === undefined ? undefined : repositoryPath(folder, path);
      if (found === undefined || root === undefined)
        throw new UserError(
          "outside-workspace",
          `${path} in ${workingDirectory} lies outside the repository`,
          "Give a path inside the repository: `policy` starts from `working-directory`.",
          { file: path },
        );
      if (realpathSync(place) !== join(realpathSync(root), relative(root, place)))
        throw new UserError(
          "outside-workspace",
          `the working directory ${workingDirectory} leads through a link`,
          "Give the folder's own path: the base branch is asked for files by their path, and follows no link.",
          { file: workingDirectory },
        );
      return found;
    },
  };
}

function outside(root: string, path: string): boolean {
  return /^(\.\.([/\\]|$)|[/\\]|[A-Za-z]:)/.test(relative(root, path));
}

/** The nearest folder with a checkout of its own, up to `top`. */
function checkoutOf(folder: string, top: string | undefined): string | undefined {
  if (isCheckout(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return folder === top || above === folder ? undefined : checkoutOf(above, top);
}

/** A folder `.git`, or the file of a work tree; the file of a submodule is none. */
function isCheckout(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  return found.isDirectory() || /[/\\]worktrees[/\\]/.test(readFileSync(path, "utf8"));
}
