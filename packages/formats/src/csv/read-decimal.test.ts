import fc from "fast-check";
import { expect, it } from "vitest";
import { openTable } from "../tables/open-table.ts";
import { memorySource } from "../testing/memory-source.ts";

/** Finite doubles as tools write them: shortest, with a fixed count of digits, with exponents, with a sign, with zeros around. */
const written = fc
  .tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(7))
  .map(([value, form]) => {
    const small = value % 1e6;
    const forms = [
      String(value),
      value.toExponential(16),
      small.toFixed(6),
      small.toFixed(18),
      `${small < 0 ? "" : "+"}${small.toFixed(3)}`,
      `00${Math.abs(small).toFixed(17)}00`,
      ` ${value.toPrecision(17)}\t`,
      value.toExponential(3).toUpperCase(),
    ];
    return forms[form] ?? "";
  })
  .filter((text) => Number.isFinite(Number(text)));

const tables = fc.record({
  rows: fc.array(fc.tuple(written, written, fc.boolean()), { minLength: 1, maxLength: 40 }),
  end: fc.constantFrom("\n", "\r\n"),
  last: fc.boolean(),
  quotes: fc.boolean(),
});

it("numbers that are read while cells are found are those of Number, whatever stands around them", async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ rows, end, last, quotes }) => {
      const lines = rows.map(([a, b, quoted]) => (quotes && quoted ? `"${a}",x,${b}` : `${a},x,${b}`));
      const text = `a,t,b${end}${lines.join(end)}${last ? end : ""}`;
      const table = await openTable(memorySource("numbers.csv", text));
      const read = await table.read([
        [0, "number"],
        [2, "number"],
      ]);
      for (const [column, of] of [
        [0, 0],
        [2, 1],
      ] as const) {
        const found = read.numbers(column, "number");
        rows.forEach((row, i) => {
          expect(Object.is(found[i], Number(row[of])), `${row[of]} was read as ${found[i]}`).toBe(true);
        });
      }
    }),
    { numRuns: 300 },
  );
});

it.each(["", "-", ".", "1e", "1e+", "1.2.3", "0x10", "1_000", "nan", "inf", "1e999", "1 2", "1-2", "--1", "1e5.5"])(
  "a cell %j among numbers is none",
  async (cell) => {
    const table = await openTable(memorySource("numbers.csv", `a,b\n1.5,${cell}\n2.5,1\n`));
    const read = await table.read([[1, "number"]]);
    expect(() => read.numbers(1, "number")).toThrow(/line|empty|not a finite number/);
    expect([...read.looseNumbers(1)]).toEqual([Number.NaN, 1]);
  },
);
