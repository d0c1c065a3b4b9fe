import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOf } from "../testing/problem-of.ts";
import { readRows } from "./read-rows.ts";
import { rowsCsv } from "./write-rows.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const classification: RowsTask = {
  task: "classification",
  classes: ["a", "b,"],
  positive: "a",
  compute: [],
  slices: ["s"],
};

const table: RowTable = {
  count: 3,
  ids: textCells(["1", "10", "2"]),
  columns: new Map<string, Column>([
    ["slice:s", { type: "category", codes: Int32Array.of(0, 1, 0), names: ["", 'q"'] }],
    ["score:b,", { type: "number", values: Float64Array.of(-0, 1e-300, 0.1 + 0.2) }],
    ["label", { type: "category", codes: Int32Array.of(0, 1, 1), names: ["a", "b,"] }],
    ["weight", { type: "number", values: Float64Array.of(1, 1e21, 5e-324) }],
    ["score:a", { type: "number", values: Float64Array.of(1, 0, 1) }],
  ]),
};
const written =
  'id,label,score:a,"score:b,",weight,slice:s\n1,a,1,-0,1,\n10,"b,",0,1e-300,1e+21,"q"""\n2,"b,",1,0.30000000000000004,5e-324,\n';

describe("the rows file", () => {
  it("has a fixed order of columns, shortest exact numbers and quotes only where needed", () => {
    expect(rowsCsv(table)).toBe(written);
  });

  it("is read back as it was", () => {
    const rows = readRows(utf8(written), "rows.csv", classification);
    expect(rows).toEqual({ ...table, columns: new Map([...table.columns]) });
    expect(rowsCsv(rows)).toBe(written);
  });

  it("any table comes back equal, and to the same bytes", () => {
    const text = fc.string({ maxLength: 12, unit: "binary" }).map((value) => value.replaceAll("\0", ""));
    const id = text.filter((value) => value !== "");
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const row = fc.record({
      id,
      label: id.filter((value) => value.trim() !== ""),
      group: text,
      values: fc.tuple(number, number),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: (r) => r.id, maxLength: 30 }), (made) => {
        const sorted = made.toSorted((a, b) => codePointOrder(a.id, b.id));
        const category = (of: (r: (typeof made)[number]) => string): Column => {
          const names = [...new Set(sorted.map(of))].sort(codePointOrder);
          return { type: "category", codes: Int32Array.from(sorted, (r) => names.indexOf(of(r))), names };
        };
        const rows: RowTable = {
          count: sorted.length,
          ids: textCells(sorted.map((r) => r.id)),
          columns: new Map<string, Column>([
            ["label", category((r) => r.label)],
            ["score", { type: "number", values: Float64Array.from(sorted, (r) => r.values[0]) }],
            ["weight", { type: "number", values: Float64Array.from(sorted, (r) => r.values[1]) }],
            ["group", category((r) => r.group)],
            ["slice:x", category((r) => r.group)],
          ]),
        };
        const bytes = rowsCsv(rows);
        const back = readRows(utf8(bytes), "rows.csv", { task: "classification", compute: [], slices: ["x"] });
        expect(back).toEqual(rows);
        expect(rowsCsv(back)).toBe(bytes);
      }),
    );
  });

  it.each([
    ["columns out of order", "id,score,label\n1,1,a\n", "rows-header", 1],
    ["an unknown column", "id,label,note\n1,a,x\n", "rows-header", 1],
    ["no id", "label,score\na,1\n", "rows-header", 1],
    ["a column twice", "id,label,label\n1,a,a\n", "rows-header", 1],
    ["ids out of order", "id,label\n2,a\n10,a\n", "rows-order", 3],
    ["an id twice", "id,label\n1,a\n1,a\n", "rows-order", 3],
    ["an empty id", "id,label\n,a\n", "rows-order", 2],
    ["a class that is not named", "id,label\n1,c\n", "rows-class", undefined],
    ["a score that is none", "id,label,score\n1,a,NaN\n", "not-a-number", 2],
    ["a short row", "id,label,score\n1,a\n", "row-ragged", 2],
    ["nothing", "", "rows-header", 1],
  ])("%s is refused", async (_, text, code, line) => {
    const problem = await problemOf(() => readRows(utf8(text), "rows.csv", classification));
    expect(problem).toMatchObject({ code, where: { file: "rows.csv", ...(line === undefined ? {} : { line }) } });
    expect(problem.next).toMatch(/\.$/);
  });

  it("a column that rows cannot have is not written", () => {
    const odd = new Map<string, Column>([["note", { type: "number", values: Float64Array.of(1) }]]);
    expect(() => rowsCsv({ count: 1, ids: textCells(["1"]), columns: odd })).toThrow(RangeError);
  });
});
