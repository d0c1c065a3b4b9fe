import { UserError } from "@metricgate/core/errors/user-error";
import { positionAt } from "../text/position.ts";
import { shown } from "../text/shown.ts";

/** What is made of each value of a JSON text; `at` is its offset. */
export interface JsonFold<T> {
  /** A number token, as a double: NaN or infinite for `NaN`, `Infinity`, `-Infinity` and what overflows. */
  number(value: number, token: string, at: number): T;
  text(value: string, at: number): T;
  literal(value: boolean | null, at: number): T;
  list(items: T[], at: number): T;
  /** `depth`: 1 for the root, 2 for what stands in it. */
  mapping(keys: string[], keysAt: number[], values: T[], at: number, depth: number): T;
}

/** Levels of lists and mappings that are read. */
export const depthLimit = 64;
/** Keys of a mapping that are looked through one by one. */
const fewKeys = 12;
/** From this length on V8 makes of a slice a view into its text. */
const longSlice = 13;
/** Values of one file that are read; more would not fit into memory. */
const valueLimit = 5_000_000;

const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordToken = /-?[A-Za-z_]\w*/y;
const space = /[ \t\n\r]*/y;
const plainText = /[ !#-[\]-\uffff]*/y;

/**
 * Reads a JSON text strictly, and Python's `NaN` and `Infinity` as numbers for the fold to judge.
 * @source RFC 8259, 2017
 * @throws UserError `json-syntax`, `json-truncated`, `not-utf8`, `duplicate-key`, `too-deep`, `too-many-values`, each with line and column
 */
export function foldJson<T>(text: string, name: string, fold: JsonFold<T>): T {
  let at = 0;
  let count = 0;

  const fail = (code: string, what: string, next: string, offset: number): never => {
    throw new UserError(code, what, next, { file: name, ...positionAt(text, offset) });
  };
  const unexpected = (wanted: string): never => {
    if (at >= text.length) {
      return fail(
        "json-truncated",
        `${name} ends where ${wanted} should stand.`,
        "Check that the step that writes it has ended.",
        at,
      );
    }
    const found = shown(text.slice(at, at + 12));
    return fail(
      "json-syntax",
      `${name} is not JSON: ${found} stands where ${wanted} should.`,
      "Write the file with a JSON library.",
      at,
    );
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const skipSpace = (): void => {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9) match(space);
  };

  /** An escape may say half a character, which no document can hold. */
  const wellFormed = (value: string, start: number): string => {
    if (value.isWellFormed()) return value;
    const what = `${name} holds half of a surrogate pair: ${shown(value)}.`;
    return fail("not-utf8", what, "Write the whole character, or leave it out.", start);
  };

  const readText = (): string => {
    const start = at;
    at++;
    let escaped = false;
    for (;;) {
      match(plainText);
      const code = text.charCodeAt(at);
      if (code === 34) break;
      if (code !== 92) return unexpected('a closing "');
      escaped = true;
      const sequence = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at, at + 6))?.[0];
      if (sequence === undefined) return unexpected("an sequence such as \\n");
      at += sequence.length;
    }
    at++;
    // A slice of this length would keep the whole file in memory, and be slow as a key.
    if (escaped) return wellFormed(String(JSON.parse(text.slice(start, at))), start);
    if (at - start > longSlice) return String(JSON.parse(text.slice(start, at)));
    return text.slice(start + 1, at - 1);
  };

  const readNumber = (): T => {
    const start = at;
    const token = match(numberToken);
    if (token === undefined || /[\w.+-]/.test(text.charAt(at))) {
      at = start;
      return readWord();
    }
    return fold.number(Number(token), token, start);
  };

  const readWord = (): T => {
    const start = at;
    const word = match(wordToken);
    if (word === "true" || word === "false") return fold.literal(word === "true", start);
    if (word === "null") return fold.literal(null, start);
    if (word === "NaN" || word === "Infinity" || word === "-Infinity") return fold.number(Number(word), word, start);
    at = start;
    return unexpected("a value");
  };

  const readList = (depth: number): T => {
    const start = at++;
    const items: T[] = [];
    skipSpace();
    if (text.charCodeAt(at) === 93) {
      at++;
      return fold.list(items, start);
    }
    for (;;) {
      items.push(readValue(depth));
      const code = text.charCodeAt(at);
      if (code !== 44 && code !== 93) return unexpected("a comma or ]");
      at++;
      if (code === 93) return fold.list(items, start);
    }
  };

  const readMapping = (depth: number): T => {
    const start = at++;
    const keys: string[] = [];
    const keysAt: number[] = [];
    const values: T[] = [];
    // Most mappings are small, and there may be 100,000: a set of each would cost more than it saves.
    let seen: Set<string> | undefined;
    skipSpace();
    if (text.charCodeAt(at) === 125) {
      at++;
      return fold.mapping(keys, keysAt, values, start, depth);
    }
    for (;;) {
      skipSpace();
      const keyAt = at;
      if (text.charCodeAt(at) !== 34) return unexpected('a key in "quotes"');
      const key = readText();
      if (keys.length === fewKeys) seen = new Set(keys);
      if (seen === undefined ? keys.includes(key) : seen.has(key)) {
        return fail(
          "duplicate-key",
          `${name} has the key ${shown(key)} twice in one mapping.`,
          "Remove one of the two.",
          keyAt,
        );
      }
      seen?.add(key);
      keys.push(key);
      keysAt.push(keyAt);
      skipSpace();
      if (text.charCodeAt(at) !== 58) return unexpected("a colon");
      at++;
      values.push(readValue(depth));
      const code = text.charCodeAt(at);
      if (code !== 44 && code !== 125) return unexpected("a comma or }");
      at++;
      if (code === 125) return fold.mapping(keys, keysAt, values, start, depth);
    }
  };

  /** One value and the white space around it; recursion is bounded by `depthLimit`. */
  const readValue = (depth: number): T => {
    skipSpace();
    if (++count > valueLimit) {
      return fail("too-many-values", `${name} holds more than ${valueLimit} values.`, "Write only the metrics.", at);
    }
    const code = text.charCodeAt(at);
    let value: T;
    if (code === 123 || code === 91) {
      if (depth >= depthLimit) {
        return fail("too-deep", `${name} nests deeper than ${depthLimit} levels.`, "Write a flatter file.", at);
      }
      value = code === 123 ? readMapping(depth + 1) : readList(depth + 1);
    } else if (code === 34) {
      const start = at;
      value = fold.text(readText(), start);
    } else {
      value = code === 45 || (code >= 48 && code <= 57) ? readNumber() : readWord();
    }
    skipSpace();
    return value;
  };

  const value = readValue(0);
  if (at < text.length) return unexpected("the end of the file");
  return value;
}
