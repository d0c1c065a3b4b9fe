import { UserError } from "@metricgate/core/errors/user-error";
import type { Tree } from "../tree/tree.ts";
import { depthLimit } from "./fold-json.ts";
import { jsonTree } from "./json-tree.ts";

/**
 * The beginning of a JSON text as a tree: what is open at its end is closed after the last complete value.
 * Undefined when it does not begin as a JSON mapping or list, or breaks a rule of `foldJson`.
 */
export function jsonStart(text: string): Tree | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const open: string[] = [];
  let cut = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at);
    else if (character === ",") cut = at;
    else if (character === "{" || character === "[") {
      open.push(character === "{" ? "}" : "]");
      cut = at + 1;
      if (open.length > depthLimit) return undefined;
    } else if (character === "}" || character === "]") {
      open.pop();
      cut = at + 1;
    }
  }
  try {
    return jsonTree(open.length === 0 ? text : text.slice(0, cut) + open.reverse().join(""), "");
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The offset of the quote that ends a text, or of the end. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
