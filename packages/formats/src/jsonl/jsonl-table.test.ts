import { gzipSync } from "node:zlib";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { textsOf } from "@metricgate/core/tables/text-cells";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTable } from "../tables/open-table.ts";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";

const inChunks = (bytes: Uint8Array, size: number): ByteSource => ({
  ...memorySource("p.jsonl", bytes),
  async *stream() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  },
});

async function textsIn(source: ByteSource): Promise<Record<string, string[]>> {
  const table = await openTable(source);
  const read = await table.read(table.columns.map((_, column) => [column, "text"] as const));
  return Object.fromEntries(table.columns.map((name, column) => [name, textsOf(read.texts(column))]));
}

const textsOfText = (text: string) => textsIn(memorySource("p.jsonl", text));

describe("a table in JSON Lines", () => {
  it("has the union of all keys as columns, in the order of their first line, and empty cells where a line lacks one", async () => {
    expect(await textsOfText('{"id":"a","label":1}\n{"score":0.5,"id":"b"}\n{"label":0,"id":"c"}')).toEqual({
      id: ["a", "b", "c"],
      label: ["1", "", "0"],
      score: ["", "0.5", ""],
    });
  });

  it("is no object of columns, as DataFrame.to_json() writes one", async () => {
    const frame = (rows: number, keyOf: (row: number) => string): string => {
      const cells = Array.from({ length: rows }, (_, row) => [keyOf(row), row % 2]);
      return JSON.stringify({ label: Object.fromEntries(cells), prediction: Object.fromEntries(cells) });
    };
    for (const text of [
      frame(3, String),
      frame(3, (row) => `r${row}`),
      `${frame(1, String)}\n`,
      frame(20_000, String),
    ]) {
      expect(await problemOf(() => textsOfText(text))).toMatchObject({
        code: "table-is-json",
        next: expect.stringContaining('orient="records", lines=True'),
        where: { file: "p.jsonl", line: 1 },
      });
      expect(await problemOf(() => textsIn(memorySource("p.json", text)))).toMatchObject({ code: "table-is-json" });
    }
    expect(await textsOfText(`${frame(2, String)}\n${frame(2, String)}\n`)).toMatchObject({ "label:0": ["0", "0"] });
    expect(await textsOfText('{"id":"a","label":{"x":1},"prediction":{"x":1}}\n')).toMatchObject({ "label:x": ["1"] });
  });

  it("keeps every digit of a number, and takes null and NaN for missing", async () => {
    const line = '{"id": 9007199254740993, "a": 1.0, "b": -1.5E+3, "c": null, "d": NaN, "e": true, "f": -Infinity}\n';
    expect(await textsOfText(`${line}${line.replace("null", '"x"').replace("NaN", "2")}`)).toMatchObject({
      id: ["9007199254740993", "9007199254740993"],
      a: ["1.0", "1.0"],
      b: ["-1.5E+3", "-1.5E+3"],
      c: ["", "x"],
      d: ["", "2"],
      e: ["true", "true"],
      f: ["-Infinity", "-Infinity"],
    });
  });

  it("spreads lists and mappings of numbers over columns, and keeps other lists as they stand", async () => {
    const lines =
      '{"y_score": [0.25, 0.75], "logits": [1, 2], "proba": {"cat": 0.5, "dog": null}, "tags": ["a", "b"]}\n' +
      '{"y_score": [0.5, NaN], "logits": null, "proba": {"dog": 1}, "tags": []}\n';
    const problem = await problemOf(() => textsOfText(lines));
    expect(problem).toMatchObject({ code: "list-length", where: { line: 2 } });
    expect(await textsOfText(lines.replace('{"dog": 1}', '{"dog": 1, "cat": 0}'))).toEqual({
      "score:0": ["0.25", "0.5"],
      "score:1": ["0.75", ""],
      "logits:0": ["1", ""],
      "logits:1": ["2", ""],
      "score:cat": ["0.5", "0"],
      "score:dog": ["", "1"],
      tags: ['["a", "b"]', "[]"],
    });
  });

  it.each([
    ['{"a":1}\n{"a":01}', 2, 7],
    ['{"a":1}\n\n{"a":1', 3, 7],
    ['{"a":1}\n{"a" 1}', 2, 6],
    ['{"a":1}\n[1]', 2, 1],
    ['{"a":1}\n{"a":"x\\q"}', 2, 8],
    ['{"a":1}\n{"a":1} x', 2, 9],
    ['{"a":1}\n{"a":tru}', 2, 6],
    ['{"a":1}\n{"b":[1,]}', 2, 9],
    ['{"a":1}\n{"b":"tab\there"}', 2, 10],
    ['{"a":1}\n{a:1}', 2, 2],
    ['{"a":1}\n{"a":1.}', 2, 8],
    ['{"a":1}\n{"a":1e}', 2, 8],
  ])("is refused where a line breaks a rule, with line and column: %s", async (text, line, column) => {
    expect(await problemOf(() => textsOfText(text))).toMatchObject({ code: "json-line", where: { line, column } });
  });

  it("has a column for a key without a value in any line, and refuses one whose first value comes after the columns were found", async () => {
    expect(await textsOfText('{"id":"a","weight":null}\n{"id":"b"}')).toEqual({ id: ["a", "b"], weight: ["", ""] });
    const line = `{"id":"${"x".repeat(1000)}"}\n`;
    const many = line.repeat(4300);
    expect(await problemOf(() => textsOfText(`${many}{"id":"a","score:late":0.5}\n`))).toMatchObject({
      code: "json-key-late",
      where: { line: 4301 },
    });
    const known = await textsOfText(`{"id":"a","late":null}\n${many}{"id":"b","late":0.5,"later":null}\n`);
    expect(known.late?.slice(-2)).toEqual(["", "0.5"]);
    expect(Object.keys(known)).toEqual(["id", "late"]);
  });

  it("is refused with a key twice, a lone surrogate, NUL, deep nesting, or one list of all rows", async () => {
    const codeOf = async (text: string) => (await problemOf(() => textsOfText(text))).code;
    expect(await codeOf('{"a":1,"b":2,"a":3}')).toBe("json-key-twice");
    expect(await codeOf('{"a":"\\ud800"}')).toBe("not-utf8");
    expect(await codeOf('{"a":"\\u0000"}')).toBe("not-utf8");
    expect(await codeOf(`{"a":${"[".repeat(100_000)}`)).toBe("json-line");
    expect(await codeOf("{}\n{}")).toBe("header-missing");
    expect((await problemOf(() => openTable(memorySource("p.json", '[{"id":1}]')))).code).toBe("table-is-json");
  });

  it("reads the same as JSON.parse, however its bytes are cut, plain or gzip", async () => {
    const value = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
    );
    const row = fc.dictionary(fc.constantFrom("id", "näme", 'q"', "x\\y", "z"), value, { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, size) => {
          const clean = rows.filter((each) => !JSON.stringify(each).includes("\\u0000"));
          fc.pre(clean.length > 0);
          const bytes = Buffer.from(clean.map((each) => JSON.stringify(each)).join("\r\n"));
          const found = await textsIn(inChunks(bytes, size));
          for (const [name, texts] of Object.entries(found)) {
            expect(texts).toEqual(clean.map((each) => (Object.hasOwn(each, name) ? wordOf(each[name]) : "")));
          }
          expect(Object.keys(found).sort()).toEqual([...new Set(clean.flatMap((each) => Object.keys(each)))].sort());
          expect(await textsIn(memorySource("p.jsonl.gz", gzipSync(bytes)))).toEqual(found);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it("no changed bytes crash it", async () => {
    const start = Buffer.from(
      '{"id":"a\\n","label":1,"score":[0.5,1e-3],"t":{"a":1}}\n{"id":"\\u00e9","label":null,"score":[1,0]}\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }), async (changes) => {
        const bytes = Buffer.from(start);
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
        try {
          await textsIn(memorySource("p.jsonl", bytes));
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
