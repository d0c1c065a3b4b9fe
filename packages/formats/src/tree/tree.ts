/** A member of a mapping, with where its key stands. */
export interface Member {
  key: string;
  keyAt: number;
  value: Tree;
}

/** A parsed JSON or YAML value that knows the offset where it stands in its text. A number may be NaN or infinite. */
export type Tree =
  | { kind: "number"; value: number; at: number }
  | { kind: "text"; value: string; at: number }
  | { kind: "boolean"; value: boolean; at: number }
  | { kind: "null"; at: number }
  | { kind: "list"; items: readonly Tree[]; at: number }
  | { kind: "mapping"; members: readonly Member[]; at: number };

/** The member of a mapping with a key. */
export function memberOf(tree: Tree, key: string): Member | undefined {
  return tree.kind === "mapping" ? tree.members.find((member) => member.key === key) : undefined;
}

/** The value under a path of keys and list positions. */
export function treeAt(tree: Tree, path: readonly (string | number)[]): Tree | undefined {
  let here: Tree | undefined = tree;
  for (const part of path) {
    if (here?.kind === "list") here = typeof part === "number" ? here.items[part] : undefined;
    else if (here?.kind === "mapping") here = memberOf(here, String(part))?.value;
    else return undefined;
  }
  return here;
}
