import { lstatSync } from "node:fs";
import { basename, dirname } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";
import { pathProblem } from "@metricgate/core/manifest/path-problem";
import { targetFault } from "./target-fault.ts";

/**
 * The folder that a model's paths start from: the given one, or that of the given file, which then is the `only` one.
 * @throws UserError `not-a-file` for a symlink, device or pipe, `unsafe-path` for a file whose name is not portable @throws UnavailableError
 */
export function modelRoot(path: string): { folder: string; only?: string } {
  try {
    const found = lstatSync(path);
    if (found.isDirectory()) return { folder: path };
    if (!found.isFile()) {
      throw new UserError(
        "not-a-file",
        "This is neither a folder nor a file (links are not followed).",
        "Name the folder that holds the model's files.",
        { file: path },
      );
    }
  } catch (error) {
    throw targetFault(error, path, "read");
  }
  const only = basename(path);
  const why = pathProblem(only);
  if (why !== undefined)
    throw new UserError("unsafe-path", `The name ${JSON.stringify(only)} ${why}.`, "Rename the file.", { file: path });
  return { folder: dirname(path), only };
}
