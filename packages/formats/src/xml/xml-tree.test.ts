import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOf } from "../testing/problem-of.ts";
import { xmlTree } from "./xml-tree.ts";

describe("XML", () => {
  it("elements, attributes, text, CDATA, entities and characters by number are read; comments and instructions are passed over", () => {
    const root = xmlTree(
      '<?xml version="1.0"?><!-- <a> --><r a="&lt;1&#65;&#x42;" b=\'"\'>x<![CDATA[<&]]>y<c/></r>\n',
      "f",
    );
    expect(root).toMatchObject({ name: "r", text: "x<&y", children: [{ name: "c", children: [] }] });
    expect([...root.attributes]).toEqual([
      ["a", "<1AB"],
      ["b", '"'],
    ]);
  });

  it("a million entities are read, and not one more", async () => {
    const text = "&amp;".repeat(1_000_000);
    expect(xmlTree(`<r a="${text}"/>`, "f").attributes.get("a")).toHaveLength(1_000_000);
    expect((await problemOf(() => xmlTree(`<r a="${text}">&#65;</r>`, "f"))).code).toBe("too-many-values");
  });

  it.each([
    ['<!DOCTYPE r [<!ENTITY a "b">]><r/>', "xml-dtd"],
    ["<r>&a;</r>", "xml-entity"],
    ["<r>&toString;</r>", "xml-entity"],
    ["<r>&#0;</r>", "xml-entity"],
    ["<r>&#x110000;</r>", "xml-entity"],
    ["<r>&amp</r>", "xml-entity"],
    ["<r><a></r></a>", "xml-syntax"],
    ["<r", "xml-syntax"],
    ["<r>", "xml-syntax"],
    ["<r/><r/>", "xml-syntax"],
    ["text", "xml-syntax"],
    ["", "xml-syntax"],
    ["<r a=1/>", "xml-syntax"],
    ['<r a="1" a="2"/>', "xml-syntax"],
    ["<r><!-- </r>", "xml-syntax"],
    ["</r>", "xml-syntax"],
    ['<?x:ml version="1.0"?><r/>', "xml-syntax"],
    ["<a>".repeat(100_000), "too-deep"],
  ])("%j is refused as %s with line and column", async (text, code) => {
    const problem = await problemOf(() => xmlTree(text, "f.xml"));
    expect(problem).toMatchObject({
      code,
      where: { file: "f.xml", line: expect.any(Number), column: expect.any(Number) },
    });
  });

  it("no text crashes it, and a long one takes no more than linear time", async () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("<", ">", "a", " ", "=", '"', "&", ";", "/", "!", "-", "[", "?", "<a>", "</a>"), {
          maxLength: 40,
        }),
        (parts) => {
          try {
            expect(xmlTree(parts.join(""), "f").name).not.toBe("");
          } catch (error) {
            expect((error as Error).name).toBe("UserError");
          }
        },
      ),
      { numRuns: 2000 },
    );
    const start = process.cpuUsage();
    await problemOf(() => xmlTree(`<r ${'a="1" '.repeat(100_000)}`, "f"));
    await problemOf(() => xmlTree(`<r>${"&".repeat(100_000)}`, "f"));
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000);
  });

  it.each([
    ['<?xml version="1.0" encoding="iso-8859-1"?><a b="\u00e9"/>', "xml-syntax"],
    ['<?xml version="1.0" encoding="ttf-8"?><a/>', "xml-syntax"],
    ['<?xml versin="1.0"?><a/>', "xml-syntax"],
    ['<a/><?xml version="1.0"?>', "xml-syntax"],
    ["<a><!-- x -- y --></a>", "xml-syntax"],
    ["<a>]]></a>", "xml-syntax"],
    ["<a>\u0001</a>", "xml-syntax"],
    ["<a>&#1;</a>", "xml-entity"],
    ["<a\u00a0b='1'/>", "xml-syntax"],
  ])("%j is no XML", async (text, code) => {
    expect((await problemOf(() => xmlTree(text, "f.xml"))).code).toBe(code);
  });

  it("line ends are normal, and blanks in attributes", () => {
    const tree = xmlTree(
      '\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<a b="x\r\ny\tz&#10;">p\r\nq</a>',
      "f.xml",
    );
    expect(tree.attributes.get("b")).toBe("x y z\n");
    expect(tree.text).toBe("p\nq");
  });
});
