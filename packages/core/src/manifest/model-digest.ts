import { canonical } from "../documents/canonical.ts";
import type { Digest, HashText } from "../documents/digest.ts";
import type { Manifest, ManifestFile } from "../documents/manifest.ts";
import { type Problem, UserError, userErrorOf } from "../errors/user-error.ts";
import { codePointOrder } from "../text/code-point-order.ts";
import { pathProblem } from "./path-problem.ts";

function sorted(files: readonly ManifestFile[]): ManifestFile[] {
  return files.map(({ path, size, sha256 }) => ({ path, size, sha256 })).sort((a, b) => codePointOrder(a.path, b.path));
}

/** Everything that makes a list of files unusable as a manifest: unusable paths, the same path twice, a file that is also a folder. */
export function fileListProblems(files: readonly ManifestFile[]): Problem[] {
  const problems: Problem[] = [];
  const next = "Rename the file, or leave it out of the model's folder.";
  const paths = new Set<string>();
  for (const { path } of files) {
    const why = pathProblem(path);
    if (why !== undefined)
      problems.push({ code: "unsafe-path", text: `The path ${JSON.stringify(path)} ${why}.`, next });
    else if (paths.has(path))
      problems.push({ code: "path-twice", text: `The path ${JSON.stringify(path)} is listed twice.`, next });
    paths.add(path);
  }
  for (const path of paths) {
    for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
      const folder = path.slice(0, at);
      if (!paths.has(folder)) continue;
      problems.push({
        code: "path-twice",
        text: `The path ${JSON.stringify(folder)} is listed as a file and as a folder.`,
        next,
      });
      break;
    }
  }
  return problems;
}

/** The model digest: the hash of the canonical JSON of `{path, size, sha256}` of every file, sorted by path in code point order. */
export function modelDigest(files: readonly ManifestFile[], hash: HashText): Digest {
  return hash(canonical(sorted(files)));
}

/**
 * The manifest of a model's files, in any order.
 * @throws UserError `no-files` without files, `unsafe-path` or `path-twice` for a list that no folder can hold safely
 */
export function buildManifest(model: string, files: readonly ManifestFile[], hash: HashText): Manifest {
  if (files.length === 0) {
    throw new UserError(
      "no-files",
      `The model ${model} has no files.`,
      "Check that training wrote them and that `path` names their folder.",
    );
  }
  const problems = fileListProblems(files);
  if (problems.length > 0) throw userErrorOf(problems);
  const list = sorted(files);
  return { kind: "metricgate/manifest@1", model, digest: modelDigest(list, hash), files: list };
}
