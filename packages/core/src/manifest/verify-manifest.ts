import type { HashText } from "../documents/digest.ts";
import type { Manifest, ManifestFile } from "../documents/manifest.ts";
import type { Problem } from "../errors/user-error.ts";
import { fileListProblems, modelDigest } from "./model-digest.ts";

/**
 * How the files that are there differ from a manifest, and whether the manifest's own digest covers its list; empty when they are the same.
 * Codes: `unsafe-path`, `path-twice`, `manifest-digest`, `file-missing`, `file-changed`, `file-extra`; in the order of the lists.
 */
export function verifyManifest(manifest: Manifest, files: readonly ManifestFile[], hash: HashText): Problem[] {
  const problems = fileListProblems(manifest.files);
  const made = modelDigest(manifest.files, hash);
  if (made !== manifest.digest) {
    const text = `The manifest says ${manifest.digest}, but its list of files makes ${made}.`;
    problems.push({
      code: "manifest-digest",
      text,
      next: "Use the manifest as it was written: it was changed or cut off.",
    });
  }
  const next = "Copy the model again from where it was evaluated.";
  const there = new Map(files.map((file) => [file.path, file]));
  const listed = new Set<string>();
  for (const { path, size, sha256 } of manifest.files) {
    listed.add(path);
    const found = there.get(path);
    if (found === undefined) problems.push({ code: "file-missing", text: `The file ${path} is missing.`, next });
    else if (found.size !== size || found.sha256 !== sha256) {
      const text = `The file ${path} should have ${size} bytes and sha256:${sha256}, but has ${found.size} bytes and sha256:${found.sha256}.`;
      problems.push({ code: "file-changed", text, next });
    }
  }
  for (const { path } of files) {
    if (!listed.has(path))
      problems.push({ code: "file-extra", text: `The file ${path} is not in the manifest.`, next });
  }
  return problems;
}
