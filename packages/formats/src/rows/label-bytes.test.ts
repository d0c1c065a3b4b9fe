import { canonical } from "@metricgate/core/documents/canonical";
import type { Column } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import fc from "fast-check";
import { expect, it } from "vitest";
import { labelBytes } from "./label-bytes.ts";

const text = fc.string({ unit: "binary", maxLength: 8 });

it.each<[string, (texts: string[], numbers: number[]) => Column | undefined, (text: string, number: number) => string]>(
  [
    ["classes", (texts) => classes(texts), (label) => label],
    [
      "numbers",
      (_, numbers) => ({ type: "number", values: Float64Array.from(numbers) }),
      (_, number) => String(number),
    ],
    ["no labels", () => undefined, () => ""],
  ],
)("the identity of %s is the canonical JSON of each row, one a line", (_, columnOf, labelOf) => {
  const row = fc.tuple(text, text, fc.double({ noNaN: true, noDefaultInfinity: true }));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const label = columnOf(
        rows.map((r) => r[1]),
        rows.map((r) => r[2]),
      );
      const table = {
        count: rows.length,
        ids: textCells(rows.map((r) => r[0])),
        columns: new Map(label === undefined ? [] : [["label", label]]),
      };
      const expected = rows.map((r) => canonical([r[0], labelOf(r[1], r[2])])).join("\n");
      expect(Buffer.from(labelBytes(table)).toString("utf8")).toBe(expected);
    }),
  );
});

it("of rows with any number of classes it is the sorted list of those that the row has, however many columns say that none has", () => {
  const flags = (...values: number[]): Column => ({ type: "number", values: Float64Array.from(values) });
  const table = (columns: [string, Column][]) => ({
    count: 3,
    ids: textCells(["a", "b", "c"]),
    columns: new Map(columns),
  });
  const bytes = (columns: [string, Column][]) => Buffer.from(labelBytes(table(columns))).toString("utf8");
  const two: [string, Column][] = [
    ['label:é"', flags(1, 0, 0)],
    ["label:b", flags(1, 1, 0)],
  ];
  expect(bytes(two)).toBe(
    [
      ["a", ["b", 'é"']],
      ["b", ["b"]],
      ["c", []],
    ]
      .map(canonical)
      .join("\n"),
  );
  expect(bytes([...two, ["label:none", flags(0, 0, 0)], ["prediction:none", flags(1, 1, 1)]])).toBe(bytes(two));
  expect(bytes([["label:b", flags(1, 1, 1)]])).not.toBe(bytes(two));
});

function classes(texts: readonly string[]): Column {
  const names = [...new Set(texts)];
  return { type: "category", codes: Int32Array.from(texts, (name) => names.indexOf(name)), names };
}
