import { dirname, resolve } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";
import { isBelow } from "./contained.ts";

/**
 * The path of a file that another file names, as it is written from there. It must lie in the workspace, or in the folder of the file that names it,
 * also where a person may write paths that lead out.
 * @throws UserError `outside-workspace`
 */
export function besideOf(root: string, file: string, named: string): string {
  const folder = dirname(resolve(root, file));
  const path = resolve(folder, named);
  if (isBelow(root, path) || isBelow(folder, path)) return `${file.slice(0, file.lastIndexOf("/") + 1)}${named}`;
  throw new UserError(
    "outside-workspace",
    `${file} names ${named}, which lies outside of the working directory`,
    "Name that file itself, or keep it in the working directory.",
    { file },
  );
}
