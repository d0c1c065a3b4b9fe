import { UserError } from "@metricgate/core/errors/user-error";
import { Lexer } from "yaml";
import { depthLimit } from "../json/fold-json.ts";
import { positionAt } from "../text/position.ts";

/**
 * Refuses YAML that nests too deep before anything recursive sees it. Brackets are counted as they are;
 * block levels by the columns where their entries start, of which an open level has one that is larger than its parent's.
 * @throws UserError `too-deep`
 */
export function checkDepth(text: string, name: string): void {
  const columns: number[] = [];
  let brackets = 0;
  let at = 0;
  let lineStart = 0;
  let entry = 0;
  let fresh = true;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    if (token === "\x1f") {
      scalar = true;
      if (fresh) entry = at - lineStart;
      fresh = false;
      continue;
    }
    if (token === "\x02" || token === "\x18") continue;
    const structural = !scalar;
    scalar = false;
    if (structural && (token === "[" || token === "{")) brackets++;
    else if (structural && (token === "]" || token === "}")) brackets--;
    else if (structural && brackets === 0 && (token === "-" || token === "?" || token === ":")) {
      const column = token === ":" && !fresh ? entry : at - lineStart;
      while (columns.length > 0 && (columns.at(-1) ?? 0) > column) columns.pop();
      if (columns.at(-1) !== column) columns.push(column);
      fresh = true;
    } else if (structural && fresh && token.trim() !== "") {
      entry = at - lineStart;
      fresh = false;
    }
    if (brackets + columns.length > depthLimit) {
      const where = { file: name, ...positionAt(text, at) };
      throw new UserError(
        "too-deep",
        `${name} nests deeper than ${depthLimit} levels.`,
        "Write a flatter file.",
        where,
      );
    }
    at += token.length;
    const newline = token.lastIndexOf("\n");
    if (newline >= 0) {
      lineStart = at - (token.length - newline - 1);
      if (brackets === 0) fresh = true;
    }
  }
}
