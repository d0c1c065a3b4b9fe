import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";

/**
 * The absolute paths of files that really lie in a folder. A link is refused, in the file or in a folder above it:
 * an archive would hold what the link points at, wherever that is.
 * @param files relative to `root`, or absolute
 * @throws UserError `file-outside`
 */
export async function containedFiles(
  root: string,
  files: readonly string[],
): Promise<{ root: string; files: string[] }> {
  const realRoot = await realpath(root);
  const found: string[] = [];
  for (const file of files) {
    const lexical = path.resolve(root, file);
    const inside = path.relative(path.resolve(root), lexical);
    const expected = path.join(realRoot, inside);
    const real = await realpath(lexical).catch(() => undefined);
    const regular = real !== undefined && (await lstat(lexical)).isFile();
    if (!regular || real !== expected || inside === "" || inside.startsWith("..") || path.isAbsolute(inside)) {
      throw new UserError(
        "file-outside",
        `${file} is not a regular file inside of ${root}`,
        "Name files of that folder; links are not followed.",
        { file },
      );
    }
    found.push(real);
  }
  return { root: realRoot, files: found };
}
