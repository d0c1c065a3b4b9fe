import fc from "fast-check";
import { expect, it } from "vitest";
import { codePointOrder } from "../text/code-point-order.ts";
import { compareTexts, textCells, textsInOrder, textsOf } from "./text-cells.ts";

const texts = fc.array(fc.string({ unit: "binary", maxLength: 6 }), { maxLength: 20 });

it("texts come back from their bytes, which are those of every other writer of UTF-8", () => {
  fc.assert(
    fc.property(texts, (given) => {
      const cells = textCells(given);
      expect(textsOf(cells)).toEqual(given);
      expect([...cells.bytes]).toEqual([...new TextEncoder().encode(given.join(""))]);
    }),
  );
});

it("their order is code point order, and they can be put into another", () => {
  fc.assert(
    fc.property(texts, (given) => {
      const cells = textCells(given);
      const order = Int32Array.from(given.keys()).sort((a, b) => compareTexts(cells, a, cells, b) || a - b);
      expect(textsOf(textsInOrder(cells, order))).toEqual(given.toSorted(codePointOrder));
    }),
  );
});

it("a lone surrogate has no bytes", () => {
  expect(() => textCells(["a\ud800"])).toThrow(RangeError);
});
