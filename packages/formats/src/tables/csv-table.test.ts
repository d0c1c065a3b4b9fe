import { gzipSync } from "node:zlib";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { textsOf } from "@metricgate/core/tables/text-cells";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import { openTable } from "./open-table.ts";
import type { Wanted } from "./stored-column.ts";

/** A source whose chunks have that many bytes, in one buffer that is written over. */
function cut(content: string | Uint8Array, size: number): ByteSource {
  const whole = memorySource("t.csv", content);
  return {
    ...whole,
    async *stream() {
      const buffer = new Uint8Array(size);
      for (let at = 0; at < whole.size; at += size) {
        const part = await whole.slice(at, Math.min(at + size, whole.size));
        buffer.set(part);
        yield buffer.subarray(0, part.length);
        buffer.fill(0);
      }
    },
  };
}

/** All columns in all uses, and the line of each row. */
async function everything(source: ByteSource): Promise<unknown> {
  const table = await openTable(source);
  const wanted = table.columns.flatMap((_, column): Wanted[] => [
    [column, "text"],
    [column, "number"],
    [column, "category"],
  ]);
  const read = await table.read(wanted);
  const columns = table.columns.map((name, column) => ({
    name,
    texts: textsOf(read.texts(column)),
    numbers: [...read.looseNumbers(column)],
    category: read.category(column, name, true),
  }));
  return { columns, lines: Array.from({ length: read.count }, (_, row) => read.places.of(row)) };
}

const outcome = (source: ByteSource): Promise<unknown> =>
  everything(source).catch((error: unknown) => problemOf(() => Promise.reject(error)));

describe("a delimited table", () => {
  const cell = fc.oneof(
    fc.constantFrom("1.5", "-2e3", "a", "é", "\u{1f600}", "x,y", 'q"q', "two\nlines", "three\r\nmore\nlines"),
    fc.stringMatching(/^[a-z0-9]{1,40}$/),
  );
  const written = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const tables = fc.record({
    rows: fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 60 }),
    end: fc.constantFrom("\n", "\r\n"),
    last: fc.boolean(),
    broken: fc.constantFrom("", "", "", "a,b\n", 'a,"b,c\n', '"a"b,c,d\n', "\n\na,b,c\n"),
  });

  it("is the same, or refused on the same line, however its bytes are cut into chunks", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(1, 7, 64, 1000), async ({ rows, end, last, broken }, size) => {
        const lines = ["one,two,three", ...rows.map((row) => row.map(written).join(","))];
        const text = lines.join(end) + (last || broken !== "" ? end : "") + broken;
        expect(await outcome(cut(text, size))).toEqual(await outcome(memorySource("t.csv", text)));
      }),
      { numRuns: 300 },
    );
  });

  it("tells the line of each row, also behind cells of several lines", async () => {
    const read = await everything(memorySource("t.csv", 'a,b\n1,"x\ny"\n2,z\n3,"\n\n"\n4,w\n'));
    expect(read).toMatchObject({ lines: [2, 4, 5, 8] });
  });

  it("of a mebibyte and more is the same in chunks of 64 bytes, of 64 kibibytes and of one mebibyte", async () => {
    const rows = Array.from({ length: 60_000 }, (_, n) => `r${n},${(n * 7919) % 104_729},"${n % 13}\n${n % 7}"`);
    const text = `id,number,quoted\n${rows.join("\n")}\n`;
    const [whole, ...others] = await Promise.all(
      [text.length, 64, 65_536, 1 << 20].map((size) => everything(cut(text, size))),
    );
    for (const other of others) expect(other).toEqual(whole);
  });

  it("may be gzip, whatever its name", async () => {
    const text = "id,label\na,1\nb,0\n";
    const zipped = cut(gzipSync(text), 5);
    expect(await everything(zipped)).toEqual(await everything(memorySource("t.csv", text)));
  });

  it.each<[string, Uint8Array, string]>([
    ["cut gzip", gzipSync("id,label\na,1\n").subarray(0, 20), "gzip-broken"],
    ["gzip of nothing", gzipSync(""), "file-empty"],
    ["nothing", new Uint8Array(0), "file-empty"],
    ["a byte that is no UTF-8", Uint8Array.of(97, 44, 98, 10, 49, 44, 0xff, 10), "not-utf8"],
  ])("%s is refused", async (_, bytes, code) => {
    expect(await problemOf(() => everything(cut(bytes, 9)))).toMatchObject({ code, where: { file: "t.csv" } });
  });
});

it.each([
  ["p.csv", `${Array.from({ length: 10_001 }, (_, at) => `c${at}`).join(",")}\n`],
  ["p.jsonl", JSON.stringify(Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`c${at}`, 1])))],
])("more than 10,000 columns of %s are refused", async (name, text) => {
  expect(await problemOf(() => openTable(memorySource(name, text)))).toMatchObject({
    code: "too-many-columns",
    where: { file: name },
  });
});

it("lines that end in a carriage return alone are called so", async () => {
  const problem = await problemOf(() => openTable(memorySource("p.csv", "id,y_true,y_pred\r1,0,1\r2,1,1\r")));
  expect(problem).toMatchObject({ code: "line-ends", where: { file: "p.csv", line: 1 } });
});
