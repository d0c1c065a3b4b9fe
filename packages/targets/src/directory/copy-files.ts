import { closeSync, constants, fsyncSync, openSync, realpathSync, writeSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { ManifestFile } from "@metricgate/core/documents/manifest";
import { UserError } from "@metricgate/core/errors/user-error";
import { openRegular, readOnce } from "../hash-file.ts";
import { makeFolder } from "../make-folder.ts";
import { modelRoot } from "../model-root.ts";
import { targetFault } from "../target-fault.ts";

/** Makes a folder's entries durable. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function writeAll(fd: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
}

async function copyFile(file: ManifestFile, from: string, to: string): Promise<void> {
  const source = join(from, ...file.path.split("/"));
  const folder = dirname(source);
  let real: string;
  try {
    real = realpathSync(folder);
  } catch (error) {
    throw targetFault(error, source, "read");
  }
  if (real !== folder)
    throw new UserError("unsafe-path", `${file.path} lies behind a symlink.`, "Put the file itself there.", {
      file: source,
    });
  const read = openRegular(source);
  try {
    const write = openSync(to, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o644);
    try {
      const { size, sha256 } = await readOnce(read, source, (chunk) => writeAll(write, chunk));
      if (size !== file.size || sha256 !== file.sha256) {
        const text = `${file.path} should be sha256:${file.sha256} (${file.size} bytes), but is sha256:${sha256} (${size} bytes).`;
        throw new UserError(
          "digest-mismatch",
          text,
          "Deploy the files that were evaluated: fetch them again from the run of the verdict.",
          { file: source },
        );
      }
      fsyncSync(write);
    } finally {
      closeSync(write);
    }
  } finally {
    closeSync(read);
  }
}

/**
 * Copies files with safe paths (the caller checked them) between two folders, each hashed while it is copied, and makes them durable. `to` must
 * be empty. Flat memory. @throws UserError `digest-mismatch` naming both digests, `unsafe-path`, `not-a-file` @throws UnavailableError
 */
export async function copyFiles(files: readonly ManifestFile[], from: string, to: string): Promise<void> {
  let root: string;
  try {
    root = realpathSync(modelRoot(from).folder);
  } catch (error) {
    throw targetFault(error, from, "read");
  }
  const folders = new Set([to]);
  try {
    for (const file of files) {
      const path = join(to, ...file.path.split("/"));
      for (let folder = dirname(path); !folders.has(folder) && folder.startsWith(to + sep); folder = dirname(folder))
        folders.add(folder);
      makeFolder(dirname(path));
      await copyFile(file, root, path);
    }
    for (const folder of folders) syncFolder(folder);
  } catch (error) {
    throw targetFault(error, to, "write");
  }
}
