import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";

/** The system's name for what went wrong, such as `ENOSPC`; absent for other errors. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

const causes: Record<string, [text: string, next: string]> = {
  ENOSPC: ["The disk is full", "Free some space"],
  EDQUOT: ["The disk quota is used up", "Free some space or raise the quota"],
  EROFS: ["The disk is read-only", "Mount it for writing"],
  EACCES: ["Access was denied", "Give this user the right to it"],
  EPERM: ["The system does not permit it", "Give this user the right to it, on a disk that can hold symlinks"],
  ENOENT: ["It is not there", "Check the path"],
  ENOTDIR: ["A part of the path is no folder", "Check the path"],
  EIO: ["The disk reported an error", "Check the disk"],
};

/** What a user wrongly named, when it was to be read. */
const wrongName = ["ENOENT", "ENOTDIR", "ENAMETOOLONG"];

/** An error of the file system as one that a user can act on: `not-there`, `cannot-read` or `cannot-write`. Our own errors and defects stay as they are. */
export function targetFault(error: unknown, path: string, doing: "read" | "write"): Error {
  if (error instanceof UserError || error instanceof UnavailableError) return error;
  const code = errorCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  if (doing === "read" && wrongName.includes(code)) {
    return new UserError("not-there", `There is no such file or folder (${code}).`, "Check the path.", { file: path });
  }
  const [text, next] = causes[code] ?? ["The file system refused", "Check the path and the disk"];
  const sentence =
    doing === "read"
      ? `${text} (${code}) at the attempt to read.`
      : `${text} (${code}) at the attempt to write; what was live before still is.`;
  return new UnavailableError(`cannot-${doing}`, sentence, `${next}, then run this again.`, { file: path }, error);
}
