import type { TouchedFiles } from "./changed-models.ts";

/**
 * A path as git and GitHub write it: forward slashes, without `.`, empty and undone segments. One that leads above where it starts keeps its
 * leading `..`; `.` is where it starts. An absolute path stays one.
 */
export function normalPath(path: string): string {
  const absolute = /^[/\\]/.test(path);
  const kept: string[] = [];
  for (const segment of path.split(/[/\\]/)) {
    if (segment === "" || segment === ".") continue;
    const last = kept.at(-1);
    if (segment !== "..") kept.push(segment);
    else if (last !== undefined && last !== "..") kept.pop();
    else if (!absolute) kept.push(segment);
  }
  return absolute ? `/${kept.join("/")}` : kept.join("/") || ".";
}

/** A path that starts from a folder of the repository (`.` is its root), from the root. Undefined when it leads out of the repository or is absolute. */
export function repositoryPath(folder: string, path: string): string | undefined {
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return undefined;
  const joined = normalPath(`${folder}/${path}`);
  return joined === ".." || joined.startsWith("../") ? undefined : joined;
}

/** A path of the repository as it is written from a folder of it: `sub/a.py` from `sub` is `a.py`, `b.py` is `../b.py`. */
export function seenFrom(folder: string, path: string): string {
  const start = normalPath(folder);
  const above = start === "." ? [] : start.split("/");
  const names = path.split("/");
  let shared = 0;
  while (shared < above.length && shared < names.length - 1 && above[shared] === names[shared]) shared++;
  return [...above.slice(shared).map(() => ".."), ...names.slice(shared)].join("/");
}

/** The files that a change touches, as a policy's `paths` name them: from the working directory. */
export function touchedFrom(folder: string, touched: TouchedFiles): TouchedFiles {
  return { ...touched, paths: touched.paths.map((path) => seenFrom(folder, path)) };
}
