import { UserError } from "@metricgate/core/errors/user-error";
import { depthLimit } from "../json/fold-json.ts";
import type { Tree } from "../tree/tree.ts";

/**
 * A TOML text as a tree. The parser keeps no offsets, so all are 0. Dates become texts.
 * @throws UserError `toml-syntax` with line and column, `too-deep`
 */
export async function tomlTree(text: string, name: string): Promise<Tree> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    return treeOf(parse(text, { maxDepth: depthLimit }), name, 0);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const what = error.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "") ?? "";
    throw new UserError("toml-syntax", `${name} is not TOML: ${what}.`, "Correct this line.", {
      file: name,
      line: error.line,
      column: error.column,
    });
  }
}

function treeOf(value: unknown, name: string, depth: number): Tree {
  if (depth > depthLimit)
    throw new UserError("too-deep", `${name} nests deeper than ${depthLimit} levels.`, "Write a flatter file.", {
      file: name,
    });
  if (typeof value === "number") return { kind: "number", value, at: 0 };
  if (typeof value === "boolean") return { kind: "boolean", value, at: 0 };
  if (Array.isArray(value)) return { kind: "list", items: value.map((item) => treeOf(item, name, depth + 1)), at: 0 };
  if (typeof value !== "object" || value === null || value instanceof Date)
    return { kind: "text", value: String(value), at: 0 };
  const members = Object.entries(value).map(([key, one]) => ({ key, keyAt: 0, value: treeOf(one, name, depth + 1) }));
  return { kind: "mapping", members, at: 0 };
}
