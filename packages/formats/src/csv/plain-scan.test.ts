import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainScan } from "./plain-scan.ts";
import { type Cells, reading, rowScan, scanRows } from "./scan-rows.ts";

const part = 1 << 16;
const comma = 44;

/** What either scan finds: rows, and for each of them the cells as texts and as numbers. */
interface Found {
  rows: number;
  texts: string[][];
  numbers: (number | undefined)[][];
}

function tellOf(bytes: Uint8Array, cells: readonly Cells[], rows: number): Omit<Found, "rows"> {
  const text = Buffer.from(bytes);
  return {
    // The place of a number that was read is of no use.
    texts: cells.map(({ starts, ends, numbers }) =>
      Array.from({ length: rows }, (_, row) =>
        numbers === undefined || Number.isNaN(numbers[row]) ? text.toString("latin1", starts[row], ends[row]) : "",
      ),
    ),
    numbers: cells.map(({ numbers }) => Array.from({ length: rows }, (_, row) => numbers?.[row])),
  };
}

/** The rows that the slow scan finds in the bytes that the fast one has taken, beside the fast one's. */
function both(text: string, width: number, wants: readonly number[]): { plain: Found; slow: Found; end: number } {
  const bytes = Buffer.from(text, "latin1");
  const slots = Int32Array.from({ length: width }, (_, column) => column);
  const readings = Uint8Array.from(wants);
  const scan = plainScan(part, comma, slots, readings);
  const end = scan.scan(bytes, readings);
  const plain = { rows: scan.found, ...tellOf(bytes, scan.cells, scan.found) };
  const other = rowScan("rows.csv", comma, width, [...slots], 1);
  other.readings.set(readings);
  scanRows(other, bytes, 0, end, true);
  return { plain, slow: { rows: other.count, ...tellOf(bytes, other.cells, other.count) }, end };
}

const number = fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(11)).map(([value, form]) => {
  const small = value % 1e6;
  const forms = [
    String(value),
    String(small),
    value.toExponential(16),
    small.toFixed(6),
    small.toFixed(18),
    `${small < 0 ? "" : "+"}${small.toFixed(3)}`,
    `00${Math.abs(small).toFixed(17)}00`,
    value.toPrecision(17),
    value.toExponential(3).toUpperCase(),
    String(Math.round(small)),
    `${Math.trunc(small)}.`,
    `.${String(Math.abs(Math.trunc(value % 1e15)))}`,
  ];
  return forms[form] ?? "";
});
const odd = fc.constantFrom(
  "",
  " ",
  "-",
  ".",
  "+.",
  "1e",
  "1e+",
  "1.2.3",
  "0x10",
  "nan",
  "inf",
  " 1.5",
  "1-2",
  "--1",
  "\r",
  "1\r",
  "x".repeat(40),
  "9".repeat(40),
  `0.${"0".repeat(30)}1`,
  "1e-320",
  "1e400",
  "9007199254740993",
  "0.30000000000000004",
  "5e-324",
);
const word = fc.string({ minLength: 0, maxLength: 24, unit: fc.constantFrom("a", "b", "0", "1", ".", " ", "é", "\t") });
const cell = fc.oneof({ weight: 6, arbitrary: number }, { weight: 1, arbitrary: odd }, { weight: 1, arbitrary: word });

describe("rows of cells without quotes", () => {
  it("are the same as the slow scan finds, to the bit of each number", () => {
    const tables = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom("\n", "\r\n")).chain(([width, lineEnd]) =>
      fc.record({
        width: fc.constant(width),
        lineEnd: fc.constant(lineEnd),
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
      }),
    );
    let numbers = 0;
    fc.assert(
      fc.property(tables, ({ width, lineEnd, rows }) => {
        const text = rows.map((row) => row.join(",") + lineEnd).join("");
        const wants = Array.from({ length: width }, (_, column) => (column === 3 ? reading.text : reading.number));
        const { plain, slow } = both(text, width, wants);
        expect(plain).toEqual(slow);
        numbers += plain.numbers.flat().filter((value) => value !== undefined && Number.isFinite(value)).length;
      }),
      { numRuns: 2000 },
    );
    expect(numbers).toBeGreaterThan(10_000);
  });

  it("are the doubles that Number reads", () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 20, maxLength: 60 }), (cells) => {
        const { plain } = both(`${cells.join("\n")}\n`, 1, [reading.number]);
        const expected = cells
          .slice(0, plain.rows)
          .map((text) => (Number.isFinite(Number(text)) ? Number(text) : Number.NaN));
        expect(plain.numbers[0]).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["a blank line", "1,2\n\n3,4\n", 4],
    ["a blank line of Windows", "1,2\r\n\r\n3,4\r\n", 5],
    ["a cell too many", "1,2\n3,4,5\n6,7\n", 4],
    ["a cell too few", "1,2\n3\n6,7\n", 4],
    ["nothing odd", "1,2\n3,4\n", 8],
  ])("end before %s", (_, text, end) => {
    expect(both(text, 2, [reading.number, reading.text]).end).toBe(end);
  });

  it("end where too many cells are no numbers, and go on from there", () => {
    const text = `${"x,1\n".repeat(5000)}`;
    const found = both(text, 2, [reading.number, reading.number]);
    expect(found.end).toBe(4 * 4096);
    expect(found.plain).toEqual(found.slow);
  });

  it("have the codes that were told, up to seven bytes and 128 texts, and else none", () => {
    const bytes = Buffer.from(
      `${Array.from({ length: 300 }, (_, n) => `t${n}`).join("\n")}\nlonger than seven\n\u00e9\n`,
    );
    const scan = plainScan(part, comma, Int32Array.of(0), Uint8Array.of(reading.code));
    const codes = (): number[] => {
      scan.scan(bytes, Uint8Array.of(reading.code));
      return [...(scan.cells[0]?.codes?.subarray(0, scan.found) ?? [])];
    };
    expect(codes()).toEqual(Array(302).fill(-1));
    const [cells] = scan.cells;
    for (const row of [7, 300, 301, 7, ...Array.from({ length: 300 }, (_, n) => 299 - n)])
      cells?.learn?.(cells.starts[row] ?? 0, cells.ends[row] ?? 0, row);
    const told = codes();
    expect([told[7], told[300], told[301], told[299], told[174], told[173]]).toEqual([7, -1, 301, 299, 174, -1]);
    expect(told.filter((code) => code >= 0)).toHaveLength(128);
  });

  it("have their texts one after another", () => {
    const scan = plainScan(part, comma, Int32Array.of(0, -1), Uint8Array.of(reading.text));
    scan.scan(Buffer.from(`ab,1\n,2\n${"c".repeat(40)},3\n`), Uint8Array.of(reading.text));
    const texts = scan.cells[0]?.texts;
    expect([...(texts?.ends.subarray(0, scan.found) ?? [])]).toEqual([2, 2, 42]);
    expect(Buffer.from(texts?.bytes.subarray(0, 42) ?? []).toString()).toBe(`ab${"c".repeat(40)}`);
  });
});
