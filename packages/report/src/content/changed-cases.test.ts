import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import { expect, test } from "vitest";
import type { ModelReport } from "../view.ts";
import { changedCases, idOf } from "./changed-cases.ts";
import { confusionOf, grownConfusions } from "./confusion.ts";

const category = (values: string[]): Column => {
  const names = [...new Set(values)].sort();
  return { type: "category", codes: Int32Array.from(values, (value) => names.indexOf(value)), names };
};

function rows(labels: string[], predictions: string[], countries: string[]): RowTable {
  const ids = labels.map((_, i) => `r${String(i).padStart(3, "0")}`);
  return {
    count: labels.length,
    ids: textCells(ids),
    columns: new Map([
      ["label", category(labels)],
      ["prediction", category(predictions)],
      ["slice:country", category(countries)],
    ]),
  };
}

const verdict = { gates: [] } as unknown as NonNullable<ModelReport["verdict"]>;
const twenty = Array.from({ length: 20 }, (_, i) => i);
const labels = twenty.map(() => "yes");
const countries = twenty.map((i) => (i < 6 ? "BR" : "DE"));
const baselineRows = rows(
  labels,
  twenty.map((i) => (i === 19 ? "no" : "yes")),
  countries,
);
const candidateRows = rows(
  labels,
  twenty.map((i) => (i < 6 || i === 10 ? "no" : "yes")),
  countries,
);

test("rows that only one model got right, those of the slice in which they concentrate first", () => {
  const found = changedCases({ model: "m", verdict, candidateRows, baselineRows });
  expect(found?.lost.rows).toEqual(Int32Array.of(0, 1, 2, 3, 4, 5, 10));
  expect(found?.lost.concentrated).toEqual({ column: "country", value: "BR", cases: 6, rows: 6 });
  expect([...(found?.won.rows ?? [])].map((row) => idOf(candidateRows, row))).toEqual(["r019"]);
  expect(found?.won.concentrated).toBeUndefined();
});

test("a prediction that is no label of the table is wrong, whatever the codes", () => {
  const other = rows(
    labels,
    twenty.map((i) => (i === 3 ? "maybe" : "yes")),
    countries,
  );
  const found = changedCases({
    model: "m",
    verdict,
    candidateRows: other,
    baselineRows: rows(labels, labels, countries),
  });
  expect(found?.lost.rows).toEqual(Int32Array.of(3));
});

test.each([
  ["no baseline rows", { model: "m", verdict, candidateRows }],
  [
    "rows that do not pair",
    { model: "m", verdict, candidateRows, baselineRows: rows(labels.slice(1), labels.slice(1), countries.slice(1)) },
  ],
  ["no verdict", { model: "m", candidateRows, baselineRows }],
])("with %s there are none", (_, model) => {
  expect(changedCases(model)).toBeUndefined();
});

test("the confusion matrix counts the candidate's rows and what changed; classes that are numbers come by size", () => {
  const found = confusionOf({ model: "m", verdict, candidateRows, baselineRows });
  expect(found).toEqual({
    classes: ["no", "yes"],
    counts: [
      [0, 0],
      [7, 13],
    ],
    changes: [
      [0, 0],
      [6, -6],
    ],
  });
  expect(found && grownConfusions(found, 5)).toEqual([{ actual: "yes", predicted: "no", count: 7, change: 6 }]);
  const numbers = rows(["10", "9", "9"], ["9", "9", "10"], ["", "", ""]);
  expect(confusionOf({ model: "m", candidateRows: numbers })).toEqual({
    classes: ["9", "10"],
    counts: [
      [1, 1],
      [1, 0],
    ],
  });
});
