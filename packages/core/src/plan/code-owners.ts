import { pathMatches } from "./path-glob.ts";

/**
 * The owners of a path by a CODEOWNERS file, as written (`@user`, `@org/team`, an address): those of the last line that matches. Empty when none does,
 * or when the line names nobody.
 */
export function codeOwners(text: string, path: string): string[] {
  let owners: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [pattern, ...named] = line
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/\s+/);
    if (pattern === undefined || pattern === "") continue;
    if (globsOf(pattern).some((glob) => pathMatches(glob, path))) owners = named;
  }
  return owners;
}

/** A pattern with a slash inside starts at the root, one without matches at any depth; a folder means all below it. */
function globsOf(pattern: string): string[] {
  const bare = pattern.replace(/^\//, "").replace(/\/$/, "");
  const anchored = pattern.startsWith("/") || bare.includes("/");
  const glob = anchored ? bare : `**/${bare}`;
  if (pattern.endsWith("/")) return [`${glob}/**`];
  // `docs/*` means the files in docs, not those below; every other name may be a folder too.
  return bare.endsWith("/*") ? [glob] : [glob, `${glob}/**`];
}
