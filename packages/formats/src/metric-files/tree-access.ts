import { type Member, memberOf, type Tree } from "../tree/tree.ts";

/** The members of a mapping; none of anything else. */
export function membersOf(tree: Tree | undefined): readonly Member[] {
  return tree?.kind === "mapping" ? tree.members : [];
}

/** The items of a list; none of anything else. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === "list" ? tree.items : [];
}

/** The value under a key. */
export function valueAt(tree: Tree | undefined, key: string): Tree | undefined {
  return tree === undefined ? undefined : memberOf(tree, key)?.value;
}

/** The number under a key, also one that is not finite. */
export function numberAt(tree: Tree | undefined, key: string): number | undefined {
  const value = valueAt(tree, key);
  return value?.kind === "number" ? value.value : undefined;
}

/** The text under a key. */
export function textAt(tree: Tree | undefined, key: string): string | undefined {
  const value = valueAt(tree, key);
  return value?.kind === "text" ? value.value : undefined;
}

/** Whether a value is a mapping that has all these keys. */
export function hasKeys(tree: Tree | undefined, ...keys: string[]): boolean {
  return tree !== undefined && keys.every((key) => memberOf(tree, key) !== undefined);
}

/** What kind of value stands where a number was wanted, as a note says it. */
export function kindWords(tree: Tree): string {
  if (tree.kind === "boolean") return "true or false";
  return tree.kind === "null" ? "null" : `a ${tree.kind}`;
}
