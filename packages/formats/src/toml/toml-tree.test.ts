import { describe, expect, it } from "vitest";
import { problemOf } from "../testing/problem-of.ts";
import { plainValue } from "../tree/plain-value.ts";
import { tomlTree } from "./toml-tree.ts";

describe("TOML", () => {
  it("numbers are as DVC reads them; dates are texts; nan and inf are kept for the reader to name", async () => {
    const tree = await tomlTree("a = 1_000\nb = 1e-3\nc = 2026-11-20\nd = nan\ne = -inf\n[t.u]\nx = true\n", "f");
    expect({ ...(plainValue(tree) as object) }).toMatchObject({
      a: 1000,
      b: 0.001,
      c: expect.any(String),
      d: Number.NaN,
      e: -Infinity,
    });
  });

  it("__proto__ is an ordinary key", async () => {
    const tree = await tomlTree("[__proto__]\nx = 1\n", "f");
    expect(tree).toMatchObject({ members: [{ key: "__proto__" }] });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    ["a = \n", "toml-syntax", 1],
    ["a = 1\na = 2\n", "toml-syntax", 2],
    ["a = 'x\n", "toml-syntax", 1],
    [`a = ${"[".repeat(100_000)}`, "toml-syntax", 1],
    ["a = 99999999999999999999\n", "toml-number", 1],
  ])("%j is refused as %s at line %i", async (text, code, line) => {
    expect(await problemOf(() => tomlTree(text, "f.toml"))).toMatchObject({ code, where: { file: "f.toml", line } });
  });

  it("a text of more than a megabyte is refused before it is parsed", async () => {
    const problem = await problemOf(() => tomlTree(`a = [${"1,".repeat(600_000)}1]`, "f.toml"));
    expect(problem).toMatchObject({ code: "file-too-large", next: "Write it as JSON." });
  });

  it("a table that nests too deep is refused", async () => {
    const header = `[${Array.from({ length: 100 }, (_, i) => `a${i}`).join(".")}]\nx = 1\n`;
    expect((await problemOf(() => tomlTree(header, "f.toml"))).code).toBe("too-deep");
  });
});
