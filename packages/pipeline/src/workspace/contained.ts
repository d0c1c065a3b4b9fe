import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";

/**
 * The real absolute path of `path` below `root` (itself real). Links are followed and must stay inside.
 * The last segments may not exist yet.
 * @throws UserError `outside-workspace`
 */
export function contained(root: string, path: string): string {
  const wanted = isAbsolute(path) ? path : join(root, path);
  const real = nearestReal(resolve(wanted));
  if (!isBelow(root, real) || path.includes("\0")) {
    throw new UserError(
      "outside-workspace",
      `${path} lies outside ${root}`,
      "Give a path inside the working directory; links that lead out of it are not followed, so on your own machine name the file where it really lies.",
      { file: path },
    );
  }
  return real;
}

/** Whether an absolute path is a folder itself or lies in it, by its text alone. */
export function isBelow(root: string, path: string): boolean {
  const below = relative(root, path);
  return below !== ".." && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

function nearestReal(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const parent = dirname(path);
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if ((code !== "ENOENT" && code !== "ENOTDIR") || parent === path) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new UserError("cannot-read", `${path} cannot be looked up (${cause})`, "Check the path and its rights.", {
        file: path,
      });
    }
    return join(nearestReal(parent), path.slice(parent.length).replace(/^[/\\]+/, ""));
  }
}
