import { expect, it } from "vitest";
import { sliceRows } from "./slice-rows.ts";
import { textCells } from "./text-cells.ts";

const rows = {
  count: 5,
  ids: textCells(["a", "b", "c", "d", "e"]),
  columns: new Map([
    [
      "slice:country",
      { type: "category" as const, codes: Int32Array.of(2, 0, 3, 2, 1), names: ["", "!", "BR", "unused"] },
    ],
  ]),
};

it("gives each value's rows in order, the values by code point, and an empty cell its own name", () => {
  const used = { ...rows, columns: new Map(rows.columns) };
  expect([...sliceRows(used, "country")]).toEqual([
    ["!", Int32Array.of(4)],
    ["(missing)", Int32Array.of(1)],
    ["BR", Int32Array.of(0, 3)],
    ["unused", Int32Array.of(2)],
  ]);
});

it("refuses a column that the rows do not have", () => {
  expect(() => sliceRows(rows, "channel")).toThrow(RangeError);
});
