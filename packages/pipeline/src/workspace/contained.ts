import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";

/**
 * The real absolute path of `path` below `root` (itself real). Links are followed and must stay inside.
 * The last segments may not exist yet.
 * @throws UserError `outside-workspace`
 */
export async function contained(root: string, path: string): Promise<string> {
  const wanted = isAbsolute(path) ? path : join(root, path);
  const real = await nearestReal(resolve(wanted));
  const below = relative(root, real);
  if (below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below) || path.includes("\0")) {
    throw new UserError(
      "outside-workspace",
      `${path} lies outside ${root}`,
      "Give a path inside the working directory; links that lead out of it are not followed.",
      { file: path },
    );
  }
  return real;
}

async function nearestReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ENOENT" || parent === path) throw error;
    return join(await nearestReal(parent), path.slice(parent.length).replace(/^[/\\]+/, ""));
  }
}
