import fc from "fast-check";
import { expect, it } from "vitest";
import { byteWriter, writeText, written } from "./byte-writer.ts";
import { numberWriter } from "./number-writer.ts";

function texts(values: readonly number[]): string {
  const writer = byteWriter(16);
  const write = numberWriter();
  for (const value of values) {
    write(writer, value);
    writeText(writer, "\n");
  }
  return Buffer.from(written(writer)).toString();
}

const decimal = fc
  .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: -12, max: 20 }))
  .map(([digits, power]) => Number(`${digits}e${power}`));

it("every double is written as the language writes it, but −0 keeps its sign", () => {
  const plain = (value: number) => (Object.is(value, -0) ? "-0" : String(value));
  const odd = [0, -0, 1, -1, 0.1, 1e-6, 9.99e-7, 1e15, 999999999999999, 1e21, 0.1 + 0.2, 100, 123456789.5, 5e-324, 10];
  expect(texts(odd)).toBe(odd.map((value) => `${plain(value)}\n`).join(""));
  const any = fc.oneof(decimal, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), (values) => {
      expect(texts(values)).toBe(values.map((value) => `${plain(value)}\n`).join(""));
    }),
    { numRuns: 2000 },
  );
});
