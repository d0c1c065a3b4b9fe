import type { Tree } from "../tree/tree.ts";
import { foldJson, type JsonFold } from "./fold-json.ts";

/** Makes trees with offsets; numbers that are not finite are kept for the reader to name. */
export const treeFold: JsonFold<Tree> = {
  number: (value, _token, at) => ({ kind: "number", value, at }),
  text: (value, at) => ({ kind: "text", value, at }),
  literal: (value, at) => (value === null ? { kind: "null", at } : { kind: "boolean", value, at }),
  list: (items, at) => ({ kind: "list", items, at }),
  mapping: (keys, keysAt, values, at) => ({
    kind: "mapping",
    at,
    members: values.map((value, index) => ({ key: keys[index] ?? "", keyAt: keysAt[index] ?? at, value })),
  }),
};

/** A JSON text as a tree. @throws UserError as `foldJson` */
export function jsonTree(text: string, name: string): Tree {
  return foldJson(text, name, treeFold);
}
