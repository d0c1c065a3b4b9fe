import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOf } from "../testing/problem-of.ts";
import { readYaml } from "./read-yaml.ts";

const read = (text: string): unknown => readYaml(text, "a.yml").value;

describe("YAML is read as 1.2 core, strictly", () => {
  it.each([
    ["a: 1e-3", { a: 0.001 }],
    ["a: yes", { a: "yes" }],
    ["a: 0o17", { a: 15 }],
    ["a: 1_000", { a: "1_000" }],
    ["a: 12:30:45", { a: "12:30:45" }],
    ["a: 2026-01-01", { a: "2026-01-01" }],
    ["a: ~\nb:", { a: null, b: null }],
    ["a: [1, {b: 2}]", { a: [1, { b: 2 }] }],
    ["1: x", { "1": "x" }],
    ["a: !!str 1", { a: "1" }],
    ["a: &x 1", { a: 1 }],
    ["\ufeffa: 1\r\nb: 2\r\n", { a: 1, b: 2 }],
    ["", null],
  ])("%j", (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each([
    ["a: &x 1\nb: *x", "yaml-alias", 2, 4],
    ["a: 1\n<<: {b: 2}", "yaml-merge-key", 2, 1],
    ["a: !foo 1", "yaml-tag", 1, 4],
    ["a: !!binary aGk=", "yaml-tag", 1, 13],
    ["a: 1\n---\nb: 2", "yaml-documents", 2, 1],
    ["%YAML 1.1\n---\na: no", "yaml-version", 1, 1],
    ["a: 1\nb: 2\na: 3", "duplicate-key", 3, 1],
    ["a: {b: 1, b: 2}", "duplicate-key", 1, 11],
    ["? [a]\n: 1", "yaml-key", 1, 3],
    ["a: [1", "yaml-syntax", 1, undefined],
    ["a: 1\n b: 2", "yaml-syntax", undefined, undefined],
    ["a: \0", "nul-byte", 1, 4],
  ])("%j is refused as %s", async (text, code, line, column) => {
    const problem = await problemOf(() => read(text));
    expect(problem.code).toBe(code);
    expect(problem.where?.file).toBe("a.yml");
    if (line !== undefined) expect(problem.where?.line).toBe(line);
    if (column !== undefined) expect(problem.where?.column).toBe(column);
    expect(problem.next.length).toBeGreaterThan(5);
  });

  it.each([
    ["brackets", "[".repeat(20_000)],
    ["braces", "{a: ".repeat(20_000)],
    ["dashes", "- ".repeat(20_000)],
    ["question marks", "? ".repeat(20_000)],
    ["colons", ": ".repeat(20_000)],
    ["indentation", Array.from({ length: 1_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
    ["a mapping in a sequence", Array.from({ length: 600 }, (_, i) => `${" ".repeat(2 * i)}- a:`).join("\n")],
    [
      "aliases",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
        .split("")
        .map((k, i) => `${k}: &${k} [${`*${"abcdefgh"[i]},`.repeat(9)}]`)
        .join("\n")}`,
    ],
  ])("a bomb of %s is refused within a second", async (_, text) => {
    const start = performance.now();
    const problem = await problemOf(() => read(text));
    expect(["too-deep", "yaml-alias", "yaml-syntax"]).toContain(problem.code);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it.each([
    ["anchors", `- ${"&a ".repeat(2_000)}`, "too-many-values"],
    ["tags", `- ${"!a ".repeat(2_000)}`, "too-many-values"],
    ["lines of a quoted text", `a: "${"x\n ".repeat(20_000)}"`, "too-many-values"],
    ["parts", `a: "${"\\\n".repeat(100_000)}"`, "too-many-values"],
    ["characters", `k: "${"x".repeat(1_000_000)}"`, "file-too-large"],
  ])("more %s than the parser reads in a few seconds are refused before it begins", async (_, text, code) => {
    expect((await problemOf(() => read(text))).code).toBe(code);
  });

  it("many keys are read in less than quadratic time", () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: ${i}`).join("\n");
    const start = performance.now();
    expect(Object.keys(read(text) as object)).toHaveLength(20_000);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it("sixty levels of ordinary nesting are accepted", () => {
    const text = Array.from({ length: 60 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
    expect(JSON.stringify(read(text)).length).toBeGreaterThan(60);
  });

  it("positions lead to values and to keys", () => {
    const found = readYaml("a:\n  - b: 1\n    c: x\n", "a.yml");
    expect(found.positionOf(["a", 0, "c"])).toEqual({ line: 3, column: 8 });
    expect(found.keyPositionOf(["a", 0, "c"])).toEqual({ line: 3, column: 5 });
    expect(found.positionOf(["a", 1])).toBeUndefined();
    expect(found.positionOf([])).toEqual({ line: 1, column: 1 });
  });

  it("__proto__ is an ordinary key", () => {
    const value = read("__proto__: {polluted: 1}") as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("no text crashes it", () => {
    const tokens = fc.constantFrom(
      "a",
      ": ",
      "- ",
      "? ",
      "\n",
      "  ",
      "[",
      "]",
      "{",
      "}",
      ",",
      "&x ",
      "*x",
      "!t ",
      "'",
      '"',
      "|",
      ">",
      "#",
      "%",
      "---",
      "...",
      "1",
      "<<",
      "\t",
      "@",
    );
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 30 }), (parts) => {
        try {
          read(parts.join(""));
        } catch (error) {
          expect((error as Error).name, String(error)).toBe("UserError");
        }
      }),
      { numRuns: 2000 },
    );
  });
});
