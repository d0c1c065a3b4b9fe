import { safeObject } from "./safe-object.ts";
import type { Tree } from "./tree.ts";

/** The plain value of a tree; its objects inherit nothing. */
export function plainValue(tree: Tree): unknown {
  switch (tree.kind) {
    case "null":
      return null;
    case "list":
      return tree.items.map(plainValue);
    case "mapping": {
      const object = safeObject();
      for (const member of tree.members) object[member.key] = plainValue(member.value);
      return object;
    }
    default:
      return tree.value;
  }
}
