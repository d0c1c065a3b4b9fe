import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { UserError } from "@metricgate/core/errors/user-error";
import { errorCode, targetFault } from "./target-fault.ts";

/** Larger and smaller reads, and streams, are slower (measured on Node 20). */
const chunkBytes = 1024 * 1024;
/** Signals and timers get a turn this often, in chunks. */
const turnEvery = 64;

/** Opens a regular file for reading; a symlink, device, pipe or folder is refused. @throws UserError `not-a-file` @throws UnavailableError */
export function openRegular(path: string): number {
  let fd: number;
  try {
    // O_NONBLOCK: a named pipe without a writer would otherwise hold us for ever.
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (["ELOOP", "ENXIO"].includes(errorCode(error) ?? "")) throw notAFile(path);
    throw targetFault(error, path, "read");
  }
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw notAFile(path);
}

function notAFile(path: string): UserError {
  return new UserError(
    "not-a-file",
    "This is not a regular file, and links, devices and pipes are not followed.",
    "Put the file itself there.",
    { file: path },
  );
}

/**
 * Reads an open file once, in chunks of 1 MiB that are reused, and gives its size and lower-case hexadecimal SHA-256.
 * @throws UserError `changed-while-read` when its size or time changed under us
 */
export async function readOnce(
  fd: number,
  path: string,
  each: (chunk: Uint8Array) => void,
): Promise<{ size: number; sha256: string }> {
  const before = fstatSync(fd, { bigint: true });
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const hash = createHash("sha256");
  let size = 0;
  for (let turn = 1; ; turn++) {
    let read: number;
    try {
      read = readSync(fd, buffer, 0, chunkBytes, null);
    } catch (error) {
      throw targetFault(error, path, "read");
    }
    if (read === 0) break;
    const chunk = buffer.subarray(0, read);
    hash.update(chunk);
    each(chunk);
    size += read;
    if (turn % turnEvery === 0) await setImmediate();
  }
  const after = fstatSync(fd, { bigint: true });
  if (size !== Number(before.size) || after.size !== before.size || after.mtimeNs !== before.mtimeNs) {
    throw new UserError(
      "changed-while-read",
      "The file changed while it was read.",
      "Wait until whatever writes it has ended.",
      { file: path },
    );
  }
  return { size, sha256: hash.digest("hex") };
}

/** The size in bytes and lower-case hexadecimal SHA-256 of a regular file, in flat memory; `each` chunk is told of. @throws as `openRegular` and `readOnce` do */
export async function hashFile(
  path: string,
  each: (chunk: Uint8Array) => void = () => {},
): Promise<{ size: number; sha256: string }> {
  const fd = openRegular(path);
  try {
    return await readOnce(fd, path, each);
  } finally {
    closeSync(fd);
  }
}
