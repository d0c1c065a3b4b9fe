const part = `(?:"(?:[^"\\\\\\n]|\\\\.)*"|'[^'\\n]*'|[A-Za-z0-9_-]+)`;
const dotted = `${part}(?:[ \\t]*\\.[ \\t]*${part})*`;
const line = new RegExp(
  `^[ \\t]*(?:\\[[ \\t]*(${dotted})[ \\t]*\\][ \\t]*(?:#.*)?$|(\\[\\[)|(${dotted})[ \\t]*=)`,
  "gm",
);
const parts = new RegExp(part, "g");

/**
 * Where the keys of a TOML text stand, by their names joined with `.`, since the parser keeps no places: offsets of the lines that begin with the key.
 * What is not found exactly once (a key of an inline table, or one that a text of several lines repeats) is left out, so that no wrong place is told.
 */
export function tomlPlaces(text: string): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  let table: readonly string[] | undefined = [];
  for (const found of text.matchAll(line)) {
    const [, header, list, key] = found;
    if (list !== undefined) table = undefined;
    else if (header !== undefined) table = namesOf(header);
    else if (key !== undefined && table !== undefined) {
      const name = [...table, ...namesOf(key)].join(".");
      if (places.has(name)) twice.add(name);
      places.set(name, found.index);
    }
  }
  for (const name of twice) places.delete(name);
  return places;
}

/** Names with escapes stay as they are written, and so are found by nobody. */
function namesOf(key: string): string[] {
  return Array.from(key.matchAll(parts), ([name]) => (/^["']/.test(name) ? name.slice(1, -1) : name));
}
