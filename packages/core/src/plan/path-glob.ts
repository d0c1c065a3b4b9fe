/**
 * Whether a path of the repository matches a glob: `**` stands for any folders, `*` for any characters of one name, `?` for one.
 * A pattern that ends with `/` means everything below it. Case counts. Linear in pattern times path, whatever a path looks like.
 */
export function pathMatches(pattern: string, path: string): boolean {
  const parts = (pattern.endsWith("/") ? `${pattern}**` : pattern).replace(/^(\.?\/)+/, "").split("/");
  return matches(parts, path.split("/"), (part) => part === "**", nameMatches);
}

/** Whether any of the globs of a policy matches. One without wildcards is the file of that name, or all that is below the folder of that name. */
export function anyMatches(patterns: readonly string[], path: string): boolean {
  return patterns.some(
    (pattern) => pathMatches(pattern, path) || (!/[*?]/.test(pattern) && pathMatches(`${pattern}/**`, path)),
  );
}

function nameMatches(pattern: string, name: string): boolean {
  return matches(
    [...pattern],
    [...name],
    (sign) => sign === "*",
    (sign, letter) => sign === "?" || sign === letter,
  );
}

/** Matches a list of parts against a list of things, where a wild part stands for any number of things: goes back to the last wild part only. */
function matches(
  parts: readonly string[],
  things: readonly string[],
  wild: (part: string) => boolean,
  same: (part: string, thing: string) => boolean,
): boolean {
  let [part, thing, back, tried] = [0, 0, -1, 0];
  while (thing < things.length) {
    const here = parts[part];
    if (here !== undefined && wild(here)) {
      back = part++;
      tried = thing;
    } else if (here !== undefined && same(here, things[thing] ?? "")) {
      part++;
      thing++;
    } else if (back >= 0) {
      part = back + 1;
      thing = ++tried;
    } else return false;
  }
  return parts.slice(part).every(wild);
}
