import { UserError } from "@metricgate/core/errors/user-error";
import { depthLimit } from "../json/fold-json.ts";
import type { Tree } from "../tree/tree.ts";

/** Largest TOML text in UTF-16 units; its parser takes seconds for each MB. */
const sizeLimit = 1_000_000;

/**
 * A TOML text as a tree. The parser keeps no offsets, so all are 0. Dates become texts.
 * @throws UserError `toml-syntax` and `toml-number` with line and column, `too-deep`, `file-too-large`
 */
export async function tomlTree(text: string, name: string): Promise<Tree> {
  if (text.length > sizeLimit) {
    const what = `${name} has ${text.length} characters; TOML is read up to ${sizeLimit}, as it is slow to read.`;
    throw new UserError("file-too-large", what, "Write it as JSON.", { file: name });
  }
  const { parse, TomlError } = await import("smol-toml");
  try {
    return treeOf(parse(text, { maxDepth: depthLimit }), name, 0);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const what = error.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "") ?? "";
    if (/integer value cannot be represented/.test(what)) {
      const text = `${name} holds a whole number beyond 2^53, which is not read exactly.`;
      throw new UserError("toml-number", text, "Write it with a decimal point, as in 1e20 or 1.0.", {
        file: name,
        line: error.line,
        column: error.column,
      });
    }
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
