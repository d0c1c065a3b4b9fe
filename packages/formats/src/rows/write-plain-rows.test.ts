import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import fc from "fast-check";
import { expect, it } from "vitest";
import { labelBytes } from "./label-bytes.ts";
import { rowsBytes } from "./write-rows.ts";

/** Many rows are written by a kernel, and few are written one by one. */
const [many, few] = [2600, 260];

const id = fc.oneof(
  { weight: 12, arbitrary: fc.nat(1e8).map((n) => `row-${n}`) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40, unit: "grapheme" }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'a"b',
      "a,b",
      "a\nb",
      "a\rb",
      "a\\b",
      "\u0001",
      "é".repeat(40),
      `${"x".repeat(15)}"`,
      `${"x".repeat(16)},`,
    ),
  },
);
const number = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 1e6) },
  { weight: 3, arbitrary: fc.tuple(fc.integer(), fc.nat(15)).map(([n, scale]) => n / 10 ** scale) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      0,
      -0,
      Number.NaN,
      1e-6,
      9.99e-7,
      1e15,
      999_999_999_999_999,
      1e21,
      0.1,
      0.3,
      1 / 3,
      5e-324,
      100,
      1200,
      -12.5,
    ),
  },
);
const names = ["no", 'say "yes"', "a,b", "long ".repeat(30).trim(), "é"];

function tableOf(rows: readonly { id: string; value: number; code: number }[], label: "category" | "number"): RowTable {
  const values = Float64Array.from(rows, ({ value }) => value);
  const codes = Int32Array.from(rows, ({ code }) => code);
  const category: Column = { type: "category", codes, names };
  const columns = new Map<string, Column>([
    // A score may be missing, as row values are; a label never is.
    [
      "label",
      label === "category" ? category : { type: "number", values: values.map((v) => (Number.isNaN(v) ? 7 : v)) },
    ],
    ["score", { type: "number", values }],
    ["slice:of", category],
  ]);
  return { count: rows.length, ids: textCells(rows.map((row) => row.id)), columns };
}

const row = fc.record({ id, value: number, code: fc.nat(names.length - 1) });
const rows = fc.array(row, { minLength: 200, maxLength: few }).map((some) => {
  const times = Math.ceil(many / some.length);
  return Array.from({ length: times }, () => some).flat();
});

it.each(["category", "number"] as const)(
  "many rows are the same bytes as few at a time, with a %s as label",
  (label) => {
    fc.assert(
      fc.property(rows, (all) => {
        const whole = Buffer.from(rowsBytes(tableOf(all, label))).toString();
        const header = whole.slice(0, whole.indexOf("\n") + 1);
        const parts = Array.from({ length: Math.ceil(all.length / few) }, (_, n) =>
          tableOf(all.slice(n * few, (n + 1) * few), label),
        );
        expect(whole).toBe(
          header + parts.map((part) => Buffer.from(rowsBytes(part)).toString().slice(header.length)).join(""),
        );
        const labels = parts.map((part) => Buffer.from(labelBytes(part)).toString());
        expect(Buffer.from(labelBytes(tableOf(all, label))).toString()).toBe(labels.join("\n"));
      }),
      { numRuns: 60 },
    );
  },
);

it("texts longer than a block are written too", () => {
  const all = Array.from({ length: many }, (_, n) => ({
    id: n % 1000 === 7 ? `${n}-`.padEnd(200_000, "z") : `${n}`,
    value: n / 8,
    code: 0,
  }));
  const text = Buffer.from(rowsBytes(tableOf(all, "number"))).toString();
  expect(
    text
      .split("\n")
      .slice(1, -1)
      .map((line) => line.slice(0, line.indexOf(","))),
  ).toEqual(all.map((row) => row.id));
  expect(text.split("\n")[9]).toBe(`8,1,1,no`);
});
