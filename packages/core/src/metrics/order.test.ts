import fc from "fast-check";
import { expect, it } from "vitest";
import { descending } from "./order.ts";

/** The order by comparing, which is slow and plain. */
function compared(values: Float64Array): number[] {
  return [...values.keys()].sort((a, b) => {
    const [x = 0, y = 0] = [values[a], values[b]];
    return x > y ? -1 : x < y ? 1 : a - b;
  });
}

it("orders any doubles from the largest down, equal ones as they stood", () => {
  const any = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1, -1, 0.5, 5e-324, -5e-324),
  );
  fc.assert(
    fc.property(fc.array(any, { maxLength: 300 }), (given) => {
      const values = Float64Array.from(given);
      expect([...descending(values)]).toEqual(compared(values));
    }),
  );
});

it.each([0, 1, 12, 13, 24, 25, 31])("orders many whose upper halves differ in %d bits", (bits) => {
  const values = Float64Array.from({ length: 5000 }, (_, i) => {
    const [upper, lower] = [((i * 2654435761) % 2 ** bits) * 2 ** 32, (i * 7919) % 5];
    return new Float64Array(BigUint64Array.of(BigInt(upper % 0x7fe0000000000000) + BigInt(lower)).buffer)[0] ?? 0;
  });
  expect([...descending(values)]).toEqual(compared(values));
});

it.each([1, -1])("orders many that differ in their last bits only, of sign %d", (sign) => {
  const values = Float64Array.from({ length: 5000 }, (_, i) => sign * (1 + ((i * 7919) % 1013) * 2 ** -52));
  expect([...descending(values)]).toEqual(compared(values));
});
