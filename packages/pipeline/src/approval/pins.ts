import type { PinChange } from "@metricgate/report/approval/approval-view";

/** Whether a file pins packages in a way that is read here: requirements of pip, and the lock files of uv, Poetry, PDM and Cargo. */
export function readsPins(path: string): boolean {
  return /(^|\/)((requirements|constraints)[^/]*\.txt|(uv|poetry|pdm|Cargo)\.lock)$/i.test(path);
}

/** The pinned versions in such a file, by package; one that occurs twice has both, joined by a comma. */
function pinsOf(path: string, text: string): Map<string, string> {
  const pairs = /\.lock$/i.test(path) ? locked(text) : required(text);
  const pins = new Map<string, string>();
  for (const [name, version] of pairs) {
    const known = pins.get(name);
    if (known === undefined) pins.set(name, version);
    else if (!known.split(", ").includes(version)) pins.set(name, `${known}, ${version}`);
  }
  return pins;
}

/** `name==1.2`, `name[extra]===1.2 ; marker`. */
function required(text: string): [string, string][] {
  return text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const found = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*={2,3}\s*([^\s;#,\\]+)/.exec(line);
    return found?.[1] === undefined || found[2] === undefined ? [] : [[found[1].toLowerCase(), found[2]]];
  });
}

/** `[[package]]` tables with `name` and `version` as plain strings, which is how these tools write them. */
function locked(text: string): [string, string][] {
  return text
    .split(/^\[\[package\]\]\s*$/m)
    .slice(1)
    .flatMap((part): [string, string][] => {
      const own = part.split(/^\[/m, 1)[0] ?? "";
      const name = /^name = "([^"\n]*)"/m.exec(own)?.[1];
      const version = /^version = "([^"\n]*)"/m.exec(own)?.[1];
      return name === undefined || version === undefined ? [] : [[name.toLowerCase(), version]];
    });
}

/** The packages whose pinned version differs between two texts of one file, by name. An absent text pins nothing. */
export function pinChanges(path: string, before: string | undefined, after: string | undefined): PinChange[] {
  const [old, now] = [pinsOf(path, before ?? ""), pinsOf(path, after ?? "")];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => {
      const [was, is] = [old.get(name), now.get(name)];
      return { name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
    });
}
