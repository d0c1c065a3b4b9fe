import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOf } from "../testing/problem-of.ts";
import { readJson } from "./read-json.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): unknown => readJson(utf8(text), "a.json");

describe("a JSON document is read strictly", () => {
  it.each([
    ['{"a":1,}', "json-syntax", 1, 8],
    ['{"a":1\n "b":2}', "json-syntax", 2, 2],
    ['{"a":1', "json-truncated", 1, 7],
    ['{"a":"x', "json-truncated", 1, 8],
    ["", "json-truncated", 1, 1],
    ['{"a":1} x', "json-syntax", 1, 9],
    ['{"a":01}', "json-syntax", 1, 6],
    ['{"a":+1}', "json-syntax", 1, 6],
    ['{"a":.5}', "json-syntax", 1, 6],
    ['{"a":1.}', "json-syntax", 1, 6],
    ["{'a':1}", "json-syntax", 1, 2],
    ['{"a":"\\x"}', "json-syntax", 1, 7],
    ['{"a":"\t"}', "json-syntax", 1, 7],
    ['{"a":nul}', "json-syntax", 1, 6],
    ['{"a":1,\n"a":2}', "duplicate-key", 2, 1],
    ['{"a":1,"\\u0061":2}', "duplicate-key", 1, 8],
    ['{"a":NaN}', "not-finite", 1, 6],
    ['{"a":\nInfinity}', "not-finite", 2, 1],
    ['{"a":-Infinity}', "not-finite", 1, 6],
    ['{"a":1e999}', "not-finite", 1, 6],
    ['{"a":-1e999}', "not-finite", 1, 6],
    [`${"[".repeat(65)}1${"]".repeat(65)}`, "too-deep", 1, 65],
    ["\0", "nul-byte", 1, undefined],
  ])("%j is refused as %s on line %s", async (text, code, line, column) => {
    const problem = await problemOf(() => read(text));
    expect(problem).toMatchObject({
      code,
      where: { file: "a.json", line, ...(column === undefined ? {} : { column }) },
    });
    expect(problem.text).toContain("a.json");
    expect(problem.next).toMatch(/\.$/);
  });

  it.each([
    ["UTF-16 LE", new Uint8Array([0xff, 0xfe, 0x7b, 0]), "not-utf8", 1],
    ["UTF-16 BE", new Uint8Array([0xfe, 0xff, 0, 0x7b]), "not-utf8", 1],
    ["an invalid byte on line 2", new Uint8Array([0x7b, 10, 0xc3, 0x28]), "not-utf8", 2],
    ["an overlong form", new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), "not-utf8", 1],
  ])("%s is refused by name", async (_, bytes, code, line) => {
    expect(await problemOf(() => readJson(bytes, "a.json"))).toMatchObject({ code, where: { file: "a.json", line } });
  });

  it("a byte order mark, CRLF and 64 levels are accepted", () => {
    expect(read('\ufeff{"a":\r\n1}')).toEqual({ a: 1 });
    expect(read(`${"[".repeat(64)}${"]".repeat(64)}`)).toBeInstanceOf(Array);
  });

  it("a bomb of 100,000 brackets is refused within a second", async () => {
    const start = performance.now();
    expect((await problemOf(() => read("[".repeat(100_000)))).code).toBe("too-deep");
    expect((await problemOf(() => read('{"a":'.repeat(100_000)))).code).toBe("too-deep");
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("keys of Object.prototype are ordinary keys", () => {
    const value = read('{"__proto__":{"polluted":1},"constructor":2,"b":{}}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(["__proto__", "constructor", "b"]);
    expect(value.polluted).toBeUndefined();
    expect((value.b as Record<string, unknown>).toString).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("what JSON.stringify writes is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(JSON.stringify(read(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it("accepts no text that JSON.parse refuses, and crashes on none", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            '"',
            "a",
            "\\",
            "u",
            "0",
            "1",
            "-",
            ".",
            "e",
            " ",
            "\n",
            "true",
            "null",
          ),
        ),
        (tokens) => {
          const text = tokens.join("");
          let value: unknown;
          try {
            value = read(text);
          } catch (error) {
            expect((error as Error).name).toBe("UserError");
            return;
          }
          expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
