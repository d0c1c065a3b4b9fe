import { UserError } from "@metricgate/core/errors/user-error";
import { Lexer } from "yaml";
import { depthLimit } from "../json/fold-json.ts";
import { positionAt } from "../text/position.ts";

/** Tokens of a file, such as a key, a colon, a blank or a line end: the parser takes some ten seconds for each million. */
const mostTokens = 250_000;
/** Anchors and tags of a file, and lines of one quoted text: the time that the parser takes grows with their squares. */
const mostProperties = 1_000;
const mostQuotedLines = 10_000;

/**
 * Refuses YAML that nests too deep before anything recursive sees it. Brackets are counted as they are;
 * block levels by the columns where their entries start, of which an open level has one that is larger than its parent's.
 * What keeps the parser busy, very many parts, many anchors or a quoted text of very many lines, is refused too.
 * @throws UserError `too-deep`, `too-many-values`
 */
export function checkDepth(text: string, name: string): void {
  const columns: number[] = [];
  let brackets = 0;
  let at = 0;
  let lineStart = 0;
  let entry = 0;
  let fresh = true;
  let scalar = false;
  let properties = 0;
  let tokens = 0;
  const tooMany = (what: string): never => {
    throw new UserError("too-many-values", `${name} ${what}.`, "Write it as JSON.", {
      file: name,
      ...positionAt(text, at),
    });
  };
  for (const token of new Lexer().lex(text)) {
    if (++tokens > mostTokens) tooMany(`has more than ${mostTokens} parts, and YAML is slow to read`);
    if (token === "\x1f") {
      scalar = true;
      if (fresh) entry = at - lineStart;
      fresh = false;
      continue;
    }
    if (token === "\x02" || token === "\x18") continue;
    const structural = !scalar;
    scalar = false;
    if (structural && (token[0] === "&" || token[0] === "!") && ++properties > mostProperties)
      tooMany(`has more than ${mostProperties} anchors and tags`);
    if (structural && (token[0] === '"' || token[0] === "'") && linesIn(token) > mostQuotedLines)
      tooMany(`has a quoted text of more than ${mostQuotedLines} lines`);
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

function linesIn(token: string): number {
  let lines = 1;
  for (let at = token.indexOf("\n"); at >= 0; at = token.indexOf("\n", at + 1)) lines++;
  return lines;
}
