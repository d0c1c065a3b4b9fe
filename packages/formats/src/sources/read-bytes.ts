import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";

/** What the file system says, in the words of a user. */
const causes: Readonly<Record<string, { code: string; is: string; next: string }>> = {
  EISDIR: {
    code: "is-a-directory",
    is: "is a directory, not a file",
    next: "Name the file, or a glob such as DIR/*.json.",
  },
  ENOENT: { code: "file-missing", is: "does not exist", next: "Check that the step before wrote it, and its path." },
  EACCES: { code: "file-unreadable", is: "may not be read", next: "Give the runner's user the right to read it." },
};

/** Some bytes of a source; fewer where it ends before. @throws UserError `is-a-directory`, `file-missing`, `file-unreadable` */
export async function readPart(source: ByteSource, start: number, end: number): Promise<Uint8Array> {
  return source.slice(start, end).catch((error: unknown) => {
    const found =
      typeof error === "object" && error !== null && "code" in error ? causes[String(error.code)] : undefined;
    if (found === undefined) throw error;
    throw new UserError(found.code, `${source.name} ${found.is}.`, found.next, { file: source.name });
  });
}

/**
 * All bytes of a source.
 * @param limit largest size in bytes
 * @throws UserError `file-empty`, `file-too-large`, `file-changed`, and those of `readPart`
 */
export async function readBytes(source: ByteSource, limit: number): Promise<Uint8Array> {
  const where = { file: source.name };
  if (source.size > limit) {
    const text = `${source.name} has ${source.size} bytes; the limit is ${limit}.`;
    throw new UserError("file-too-large", text, "Write fewer values, or split the file.", where);
  }
  const bytes = await readPart(source, 0, source.size);
  if (bytes.length !== source.size) {
    const text = `${source.name} gave ${bytes.length} of ${source.size} bytes: it is still being written, or was cut.`;
    throw new UserError("file-changed", text, "Run this after the step that writes the file has ended.", where);
  }
  if (bytes.length === 0) {
    const text = `${source.name} is empty.`;
    throw new UserError("file-empty", text, "Check that the step before wrote its results.", where);
  }
  return bytes;
}

/** Says what the file system answered in the words of a user; anything else is thrown on as it is. */
export function refuseRead(error: unknown, source: ByteSource): never {
  const found = typeof error === "object" && error !== null && "code" in error ? causes[String(error.code)] : undefined;
  if (found === undefined) throw error;
  throw new UserError(found.code, `${source.name} ${found.is}.`, found.next, { file: source.name });
}
