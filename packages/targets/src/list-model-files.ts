import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ManifestFile } from "@metricgate/core/documents/manifest";
import { UserError } from "@metricgate/core/errors/user-error";
import { pathProblem } from "@metricgate/core/manifest/path-problem";
import type { Progress } from "@metricgate/core/ports/progress";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { hashFile } from "./hash-file.ts";
import { modelRoot } from "./model-root.ts";
import { targetFault } from "./target-fault.ts";

function refuse(path: string, text: string, next: string): UserError {
  return new UserError("unsafe-path", text, next, { file: path });
}

/** A name as the disk has it: anything but UTF-8 in form NFC would have another digest on another system. */
function decode(name: Buffer, folder: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    const shown = name
      .toString("latin1")
      .replace(/[^\x20-\x7e]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
    throw refuse(folder, `The name ${shown} is not UTF-8.`, "Rename the file.");
  }
}

function walk(root: string, under: string, found: string[]): void {
  const folder = join(root, under);
  let entries: ReturnType<typeof readBuffers>;
  try {
    entries = readBuffers(folder);
  } catch (error) {
    throw targetFault(error, folder, "read");
  }
  for (const entry of entries) {
    const name = decode(entry.name, folder);
    const path = under === "" ? name : `${under}/${name}`;
    const why = pathProblem(path);
    if (why !== undefined) throw refuse(folder, `The path ${JSON.stringify(path)} ${why}.`, "Rename the file.");
    if (entry.isDirectory()) walk(root, path, found);
    else if (entry.isFile()) found.push(path);
    else {
      const what = entry.isSymbolicLink() ? "a symlink" : "neither a file nor a folder";
      throw refuse(
        join(folder, name),
        `${path} is ${what}, and a model is regular files only.`,
        "Put the file itself there, or remove it.",
      );
    }
  }
}

function readBuffers(folder: string) {
  return readdirSync(folder, { withFileTypes: true, encoding: "buffer" });
}

/**
 * The files under a folder, hidden ones too, sorted by path in code point order, each with its size and SHA-256; a model of one file may be
 * named itself. Empty folders do not count. `progress` is told of the bytes that are hashed.
 * @throws UserError `not-a-file`, `unsafe-path` (symlink, device, pipe, name that is not portable), naming it
 * @throws UnavailableError `cannot-read`
 */
export async function listModelFiles(root: string, progress?: Progress): Promise<ManifestFile[]> {
  const { folder, only } = modelRoot(root);
  const paths: string[] = [];
  if (only === undefined) walk(folder, "", paths);
  else paths.push(only);
  const files: ManifestFile[] = [];
  const task = progress?.begin("hashing the model", totalSize(folder, paths));
  const each = task === undefined ? undefined : (chunk: Uint8Array) => task.advance(chunk.length);
  try {
    for (const path of paths.sort(codePointOrder)) files.push({ path, ...(await hashFile(join(folder, path), each)) });
  } finally {
    task?.end();
  }
  return files;
}

/** For progress only: what is gone meanwhile counts nothing, and is an error when it is hashed. */
function totalSize(folder: string, paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (statSync(join(folder, path), { throwIfNoEntry: false })?.size ?? 0), 0);
}
