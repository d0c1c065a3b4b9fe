import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Digest } from "@metricgate/core/documents/digest";
import { modelName } from "@metricgate/core/documents/fields";
import type { Manifest } from "@metricgate/core/documents/manifest";
import { UserError, userErrorOf } from "@metricgate/core/errors/user-error";
import { buildManifest, fileListProblems, modelDigest } from "@metricgate/core/manifest/model-digest";
import type { Target } from "@metricgate/core/ports/target";
import { listModelFiles } from "../list-model-files.ts";
import { makeFolder } from "../make-folder.ts";
import { targetFault } from "../target-fault.ts";
import { copyFiles, syncFolder } from "./copy-files.ts";
import { appendHistory, previousOf } from "./history.ts";
import { readPointer, removePointer, switchPointer } from "./pointer.ts";
import { hashText, versionName } from "./version-folder.ts";

/** A target that also tells what the live version replaced, for a rollback. */
export interface DirectoryTarget extends Target {
  /** Absent when nothing is live or nothing was live before it. */
  previous(): Promise<Digest | undefined>;
}

/** Copies in progress and broken versions that were moved aside start with these. */
const unfinished = [".incoming-", ".broken-"];
/** A copy that nothing was added to for so long (milliseconds) belongs to a runner that was killed. */
const abandonedAfter = 24 * 3600 * 1000;

/**
 * Promotes models into a folder: `<root>/<model>/versions/sha256-…/` holds the files of each version, and the link `<root>/<model>/current`
 * names the live one. A version appears by a rename when all its bytes were verified, and goes live by the rename of the link: a runner that
 * is killed at any moment leaves exactly one active version, and so do two runners at once (the last wins).
 * @throws UserError `bad-target` for a root that is not absolute or a model that has no valid name
 */
export function directoryTarget(o: { root: string; model: string }): DirectoryTarget {
  if (!isAbsolute(o.root))
    throw new UserError("bad-target", `The folder ${o.root} is not absolute.`, "Give `to` as an absolute path.");
  if (!modelName.safeParse(o.model).success)
    throw new UserError(
      "bad-target",
      `${JSON.stringify(o.model)} is not a model name.`,
      "Use [a-z0-9] first, then at most 63 of [a-z0-9._-].",
    );
  const folder = join(o.root, o.model);
  const versions = join(folder, "versions");
  const location = (digest: Digest): string => join(versions, versionName(digest));

  const staged = async (digest: Digest): Promise<Manifest | undefined> => {
    const path = location(digest);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    const manifest = buildManifest(o.model, await listModelFiles(path), hashText);
    if (manifest.digest === digest) return manifest;
    const text = `The bytes of ${digest} were changed where they lie: they are now ${manifest.digest}.`;
    throw new UserError(
      "digest-mismatch",
      text,
      "Find out who can write there. If it is live, remove the link `current`; then deploy that model again, which replaces them.",
      { file: path },
    );
  };

  return {
    type: "directory",
    to: o.root,
    location,
    staged,
    async current() {
      const digest = readPointer(folder);
      if (digest === undefined) return undefined;
      if ((await staged(digest)) !== undefined) return digest;
      const text = `The link names ${digest}, but that version is not there.`;
      throw new UserError("not-staged", text, "Remove the link `current`, then deploy that model again.", {
        file: location(digest),
      });
    },
    async previous() {
      const digest = readPointer(folder);
      return digest === undefined ? undefined : previousOf(folder, digest);
    },
    async stage(manifest, from) {
      refuseUnsafe(manifest, o.model);
      makeFolders(folder, versions);
      removeAbandoned(versions);
      if (await staged(manifest.digest).then((there) => there !== undefined, isBroken)) return;
      const incoming = join(versions, `${unfinished[0]}${randomUUID()}`);
      try {
        mkdirSync(incoming);
        await copyFiles(manifest.files, from, incoming);
        place(incoming, location(manifest.digest), versions);
      } catch (error) {
        rmSync(incoming, { recursive: true, force: true });
        throw targetFault(error, incoming, "write");
      }
      // Another runner may have placed it in between; either way the bytes there are looked at once more.
      await staged(manifest.digest);
    },
    async activate(digest) {
      if ((await staged(digest)) === undefined) {
        throw new UserError("not-staged", `${digest} is not staged here.`, "Stage it first.", {
          file: location(digest),
        });
      }
      const live = readPointer(folder);
      if (live === digest) return;
      // Going back keeps what that version once replaced: the one left now is no version to go back to.
      const back = live !== undefined && previousOf(folder, live) === digest;
      if (!back) appendHistory(folder, digest, live);
      switchPointer(folder, digest);
    },
    async deactivate() {
      // Refuses a link that is not ours.
      if (readPointer(folder) !== undefined) removePointer(folder);
    },
  };
}

/** Bytes that differ or files that cannot be are repaired by a new copy; everything else stays an error. */
function isBroken(error: unknown): false {
  const codes = ["digest-mismatch", "unsafe-path", "no-files", "not-a-file"];
  if (error instanceof UserError && error.problems.every(({ code }) => codes.includes(code))) return false;
  throw error;
}

function refuseUnsafe(manifest: Manifest, model: string): void {
  const problems = fileListProblems(manifest.files);
  if (problems.length > 0) throw userErrorOf(problems);
  if (manifest.model !== model) {
    throw new UserError(
      "other-model",
      `The manifest is of ${manifest.model}, not of ${model}.`,
      "Deploy the manifest of this model.",
    );
  }
  const made = modelDigest(manifest.files, hashText);
  if (manifest.files.length > 0 && made === manifest.digest) return;
  throw new UserError(
    "digest-mismatch",
    `The manifest says ${manifest.digest}, but its files make ${made}.`,
    "Use the manifest as it was written.",
  );
}

function makeFolders(folder: string, versions: string): void {
  try {
    makeFolder(versions);
    for (const path of [folder, versions]) {
      if (lstatSync(path).isDirectory()) continue;
      throw new UserError(
        "unsafe-path",
        "This is a symlink, and what is live must lie in the target itself.",
        "Replace it by a folder.",
        { file: path },
      );
    }
  } catch (error) {
    throw targetFault(error, versions, "write");
  }
}

function removeAbandoned(versions: string): void {
  try {
    // The disk's own time: it may be another machine's.
    const probe = join(versions, `${unfinished[0]}${randomUUID()}`);
    mkdirSync(probe);
    const now = statSync(probe).mtimeMs;
    rmSync(probe, { recursive: true });
    for (const name of readdirSync(versions)) {
      if (!unfinished.some((prefix) => name.startsWith(prefix))) continue;
      const path = join(versions, name);
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found !== undefined && now - found.mtimeMs > abandonedAfter) rmSync(path, { recursive: true, force: true });
    }
  } catch (error) {
    throw targetFault(error, versions, "write");
  }
}

/** Renames a complete copy to its place; a broken version that lies there is moved aside first. */
function place(incoming: string, final: string, versions: string): void {
  const aside = join(versions, `${unfinished[1]}${randomUUID()}`);
  const broken = lstatSync(final, { throwIfNoEntry: false }) !== undefined;
  if (broken) renameSync(final, aside);
  renameSync(incoming, final);
  syncFolder(versions);
  if (broken) rmSync(aside, { recursive: true, force: true });
}
