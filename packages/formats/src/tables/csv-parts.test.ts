import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { textsOf } from "@metricgate/core/tables/text-cells";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import { type PartReader, readInTwo, readPartOf } from "./csv-parts.ts";
import { type CsvRows, csvRows } from "./csv-rows.ts";
import { csvHeader } from "./csv-table.ts";
import { openTable } from "./open-table.ts";
import type { ColumnUse, Wanted } from "./stored-column.ts";

/** Another thread: only plain data goes there and comes back. */
const elsewhere = (text: string): PartReader => ({
  worthFrom: () => 1 << 24,
  readPart: async (part) => structuredClone(await readPartOf(memorySource("t.csv", text), structuredClone(part))),
});

/** All that can be asked of the rows; what is refused as its problem. */
async function all(table: CsvRows, lineOpen: boolean, wanted: readonly Wanted[]): Promise<unknown> {
  const read = table.end();
  const asked = <T>(ask: () => T) => problemOf(async () => ask()).catch(() => ask());
  const columns = wanted.map(async ([column, use]) => {
    if (use === "text") return textsOf(read.texts(column));
    return [
      [...read.looseNumbers(column)],
      read.firstText(column),
      await asked(() => [...read.numbers(column, "score")]),
      ...(use === "number"
        ? []
        : [await asked(() => read.category(column, "label", true)), await asked(() => read.category(column, "label"))]),
    ];
  });
  const lines = Array.from({ length: read.count }, (_, row) => read.places.of(row));
  return { columns: await Promise.all(columns), lines, lineOpen, words: table.wordColumns() };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function headerOf(text: string) {
  return csvHeader(bytesOf(text), "t.csv");
}

async function inOne(text: string, wanted: readonly Wanted[]): Promise<unknown> {
  const header = headerOf(text);
  const table = csvRows("t.csv", header, wanted, 10);
  return problemOf(async () => table.push(bytesOf(text).subarray(header.rowsAt)))
    .catch(() => problemOf(async () => table.end()))
    .catch(() => all(table, !text.endsWith("\n"), wanted));
}

/** Undefined where one thread must read the whole. */
async function inTwo(text: string, wanted: readonly Wanted[], cut: number, expected = 10): Promise<unknown> {
  const source = memorySource("t.csv", text);
  const read = await readInTwo(source, headerOf(text), { wanted, expected, cut }, elsewhere(text));
  return read && all(read.table, read.lineOpen, wanted);
}

/** The offset behind each line from the header on. */
function cuts(text: string): number[] {
  const bytes = bytesOf(text);
  const { rowsAt } = headerOf(text);
  return [...bytes.keys()].filter((at) => at >= rowsAt - 1 && bytes[at] === 10).map((at) => at + 1);
}

const uses = (columns: number, ...wanted: ColumnUse[]): Wanted[] =>
  Array.from({ length: columns }, (_, column) => wanted.map((use): Wanted => [column, use])).flat();

describe("a table whose second part another thread reads", () => {
  const cell = fc.constantFrom(
    "1.5",
    "-2e3",
    "-0",
    "0",
    "",
    "a",
    "é",
    "nan",
    "0.1234567890123456789",
    "\u{1f600}",
    "long text",
  );
  const row = fc.array(cell, { minLength: 3, maxLength: 3 }).map((cells) => cells.join(","));
  const end = fc.constantFrom("\n", "\r\n");

  it("has the same rows as in one thread, cut behind any line", async () => {
    const rows = fc.array(row, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        end,
        fc.boolean(),
        fc.constantFrom<ColumnUse[]>(["text", "number", "category"], ["value"]),
        async (lines, end, closed, asked) => {
          const text = `a,b,c${end}${lines.join(end)}${closed ? end : ""}`;
          const wanted = uses(3, ...asked);
          const expected = await inOne(text, wanted);
          for (const cut of cuts(text)) expect(await inTwo(text, wanted, cut)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is left to one thread where a part alone could say something else", async () => {
    const odd = fc.constantFrom(
      '"q",1,2',
      '"two\nlines",1,2',
      'x"y,1,2',
      '"open,1,2',
      "",
      "one,two",
      "a,b,c,d",
      "nul\0,1,2",
    );
    const rows = fc.array(fc.oneof({ weight: 4, arbitrary: row }, { weight: 1, arbitrary: odd }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(rows, end, fc.boolean(), async (lines, end, closed) => {
        const text = `a,b,c${end}${lines.join(end)}${closed ? end : ""}`;
        const wanted = uses(3, "text", "number", "category");
        const expected = await inOne(text, wanted);
        for (const cut of cuts(text)) expect((await inTwo(text, wanted, cut)) ?? expected).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it.each(["a\n\n1\n\n\n2\n", "a\n1\n\n", "a\n1\n2\n\n\n"])("keeps the empty cells of one column: %j", async (text) => {
    const wanted = uses(1, "text", "number", "category");
    const expected = await inOne(text, wanted);
    const found = await Promise.all(cuts(text).map((cut) => inTwo(text, wanted, cut)));
    expect(found.some((read) => read !== undefined)).toBe(true);
    for (const read of found) expect(read ?? expected).toEqual(expected);
  });

  const distinct = (count: number, from = 0) => Array.from({ length: count }, (_, n) => String(from + n / 8));
  it.each([
    ["few on both sides", [...distinct(600), ...distinct(600, 40)]],
    ["few on each side and many together", [...distinct(600), ...distinct(600, 1000)]],
    ["many before", [...distinct(1500), ...distinct(10)]],
    ["many behind", [...distinct(10), ...distinct(1500)]],
    ["many on both sides", [...distinct(1500), ...distinct(1500, 1000)]],
    ["many, and a text before", [...distinct(300), "none", ...distinct(1300)]],
    ["many, and a text behind", [...distinct(1300), "none", ...distinct(300)]],
    ["many, and texts on both sides", ["all", ...distinct(1300), "none", ...distinct(300)]],
  ])("has its classes, or its numbers once they are many: %s", async (_, cells) => {
    const text = `score\n${cells.join("\n")}\n`;
    const wanted = uses(1, "value");
    const expected = await inOne(text, wanted);
    const places = cuts(text).filter((_, line) => line % 100 === 1 || line % 601 === 0);
    expect(places.length).toBeGreaterThan(10);
    for (const cut of places)
      for (const rows of [10, 1000, 4000])
        expect((await inTwo(text, wanted, cut, rows)) ?? "nothing").toEqual(expected);
  });

  it("is read by one thread when the other gives nothing, fails, or sees another size", async () => {
    const text = "a\n1\n2\n";
    const source = memorySource("t.csv", text);
    const answers = (readPart: PartReader["readPart"]): PartReader => ({ worthFrom: () => 0, readPart });
    const ask = (reader: PartReader) =>
      readInTwo(source, headerOf(text), { wanted: [[0, "number"]], expected: 2, cut: 4 }, reader);
    expect(await ask(elsewhere(text))).toBeDefined();
    expect(await ask(answers(async () => undefined))).toBeUndefined();
    expect(await ask(answers(() => Promise.reject(new Error("no thread"))))).toBeUndefined();
    expect(await ask(elsewhere(`${text}3\n`))).toBeUndefined();
  });

  it("stops the other thread when its own part is for one", async () => {
    const text = 'a\n"1"\n2\n';
    let stopped = false;
    const read = await readInTwo(
      memorySource("t.csv", text),
      headerOf(text),
      { wanted: [[0, "number"]], expected: 2, cut: 6 },
      {
        worthFrom: () => 0,
        readPart: (_, stop) =>
          new Promise((resolve) => {
            stop.addEventListener("abort", () => {
              stopped = true;
              resolve(undefined);
            });
          }),
      },
    );
    expect([read, stopped]).toEqual([undefined, true]);
  });
});

/** A file, whose beginning is not all of it. */
function inChunks(text: string): ByteSource {
  const whole = memorySource("t.csv", text);
  return {
    ...whole,
    async *stream(start = 0, end = whole.size) {
      for (let at = start; at < end; at += 1 << 20) yield await whole.slice(at, Math.min(at + (1 << 20), end));
    },
  };
}

describe("a large table", () => {
  const plain = Array.from({ length: 700_000 }, (_, n) => `row ${n},${Math.sin(n).toFixed(8)},${n % 3}\n`).join("");
  const large = `id,score,label\n${plain}`;

  async function read(text: string, wanted: readonly Wanted[]) {
    let asked = 0;
    const reader: PartReader = {
      ...elsewhere(text),
      readPart(part, stop) {
        asked++;
        return elsewhere(text).readPart(part, stop);
      },
    };
    const sum = async (other?: PartReader) => {
      const table = await (await openTable(inChunks(text), other)).read(wanted);
      const { bytes, offsets } = table.texts(0);
      return {
        ids: Buffer.from(bytes),
        offsets,
        scores: table.numbers(1, "score"),
        labels: table.category(2, "label"),
      };
    };
    const [one, two] = [await sum(), await sum(reader)];
    expect(Buffer.compare(one.ids, two.ids)).toBe(0);
    expect(
      Buffer.compare(
        Buffer.from(one.offsets.buffer, one.offsets.byteOffset, one.offsets.byteLength),
        Buffer.from(two.offsets.buffer, two.offsets.byteOffset, two.offsets.byteLength),
      ),
    ).toBe(0);
    expect(one.scores.every((value, row) => value === two.scores[row]) && one.scores.length === two.scores.length).toBe(
      true,
    );
    expect(one.labels.codes.every((code, row) => code === two.labels.codes[row])).toBe(true);
    expect(one.labels.names).toEqual(two.labels.names);
    return asked;
  }

  const wanted: Wanted[] = [
    [0, "text"],
    [1, "number"],
    [2, "value"],
  ];

  it("is read in two parts, with the same rows", async () => {
    expect(large.length).toBeGreaterThan(1 << 24);
    expect(await read(large, wanted)).toBe(1);
  });
  it("is read in one when it begins with quotes, and in one at last when they come later", async () => {
    expect(await read(`id,score,label\n"r",1,2\n${plain}`, wanted)).toBe(0);
    expect(await read(`"id",score,label\n${plain}"r",1,2\n`, wanted)).toBe(1);
  });
});
