import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDouble } from "./parse-double.ts";

const parse = (text: string): number => {
  const bytes = new TextEncoder().encode(`x${text}9`);
  return parseDouble(bytes, 1, bytes.length - 1);
};

describe("numbers in bytes", () => {
  it.each([
    "0",
    "-0",
    "1",
    "+1",
    "0.1",
    ".5",
    "5.",
    "1e-3",
    "1E+22",
    "1e22",
    "1e23",
    "123456789012345",
    "1234567890123456",
    "9007199254740993",
    "0.30000000000000004",
    "2.2250738585072011e-308",
    "5e-324",
    "1.7976931348623157e308",
    "0.000000000000000000000000123",
    "1e-400",
    "00012",
    "123456789012345e-22",
  ])("%s is the double that Number reads", (text) => {
    expect(Object.is(parse(text), Number(text))).toBe(true);
  });
  it.each([
    "",
    " ",
    "-",
    ".",
    "e5",
    "1e",
    "1e+",
    "1.2.3",
    "0x10",
    "1_000",
    "nan",
    "NaN",
    "inf",
    "Infinity",
    "1e999",
    "-1e999",
    "1 2",
    "1,5",
    "١",
  ])("%j is none", (text) => {
    expect(parse(text)).toBeNaN();
  });
  it("equals Number for the shortest and for longer texts of every double", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 21 }),
        (value, digits) => {
          for (const text of [
            Object.is(value, -0) ? "-0" : String(value),
            value.toExponential(digits - 1),
            value.toPrecision(digits),
          ]) {
            expect(Object.is(parse(` ${text}\t`), Number.isFinite(Number(text)) ? Number(text) : Number.NaN)).toBe(
              true,
            );
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
