import { randomUUID } from "node:crypto";
import { lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Digest } from "@metricgate/core/documents/digest";
import { UserError } from "@metricgate/core/errors/user-error";
import { targetFault } from "../target-fault.ts";
import { syncFolder } from "./copy-files.ts";
import { digestOfName, versionName } from "./version-folder.ts";

/** The link that says what is live: `current -> versions/sha256-…` in the model's folder. There is one, so two versions are never active. */
const link = "current";

/** What the link of a model's folder names; nothing before the first promotion. @throws UserError `foreign-pointer` for a link that we did not make */
export function readPointer(folder: string): Digest | undefined {
  const path = join(folder, link);
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const [parent, name, ...rest] = found.isSymbolicLink() ? readlinkSync(path).split("/") : [];
    const digest = parent === "versions" && rest.length === 0 ? digestOfName(name ?? "") : undefined;
    if (digest !== undefined) return digest;
  } catch (error) {
    throw targetFault(error, path, "read");
  }
  const text = "What is live cannot be told: this is not a link to versions/sha256-….";
  throw new UserError("foreign-pointer", text, "Move it away, or name another folder in `to`.", { file: path });
}

/** Points the link at a version in one step: a new link beside, renamed over the old one, made durable. @throws UnavailableError */
export function switchPointer(folder: string, digest: Digest): void {
  // Among the unfinished copies, where a later run removes what a killed one has left.
  const fresh = join(folder, "versions", `.incoming-${randomUUID()}`);
  try {
    symlinkSync(`versions/${versionName(digest)}`, fresh);
    renameSync(fresh, join(folder, link));
    syncFolder(folder);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw targetFault(error, join(folder, link), "write");
  }
}

/** Makes nothing live: takes the link away, durably. Nothing happens when there is none. @throws UnavailableError */
export function removePointer(folder: string): void {
  const path = join(folder, link);
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
    rmSync(path);
    syncFolder(folder);
  } catch (error) {
    throw targetFault(error, path, "write");
  }
}
