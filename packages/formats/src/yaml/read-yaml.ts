import { type Position, positionAt } from "../text/position.ts";
import { plainValue } from "../tree/plain-value.ts";
import { memberOf, treeAt } from "../tree/tree.ts";
import { yamlTree } from "./yaml-tree.ts";

/** A value with the places where its parts stand. */
export interface ReadYaml {
  value: unknown;
  /** Where the value under a path begins; undefined when there is none. */
  positionOf(path: readonly (string | number)[]): Position | undefined;
  /** Where the key at the end of a path stands. */
  keyPositionOf(path: readonly (string | number)[]): Position | undefined;
}

/** Reads YAML strictly (see `yamlTree`, whose errors it throws); objects inherit nothing. */
export function readYaml(text: string, name: string): ReadYaml {
  const bare = text.startsWith("\ufeff") ? text.slice(1) : text;
  const tree = yamlTree(bare, name);
  return {
    value: plainValue(tree),
    positionOf(path) {
      const found = treeAt(tree, path);
      return found === undefined ? undefined : positionAt(bare, found.at);
    },
    keyPositionOf(path) {
      const holder = treeAt(tree, path.slice(0, -1));
      const member = holder === undefined ? undefined : memberOf(holder, String(path.at(-1)));
      return member === undefined ? undefined : positionAt(bare, member.keyAt);
    },
  };
}
