import { describe, expect, test } from "vitest";
import { pairRows } from "./pair.ts";
import type { RowTable } from "./row-table.ts";
import { textCells } from "./text-cells.ts";

function table(ids: string[], labels: string[]): RowTable {
  const names = [...new Set(labels)].sort();
  const codes = Int32Array.from(labels, (label) => names.indexOf(label));
  return { count: ids.length, ids: textCells(ids), columns: new Map([["label", { type: "category", codes, names }]]) };
}

test("rows with the same ids and labels pair, whatever the codes of the labels", () => {
  expect(pairRows(table(["a", "b"], ["x", "y"]), table(["a", "b"], ["x", "y"]))).toEqual({ paired: true });
  expect(pairRows(table([], []), table([], []))).toEqual({ paired: true });
});

test.each([
  ["a row dropped", table(["a"], ["x"]), table(["a", "b"], ["x", "y"]), "unpaired", [0, 1, 0]],
  ["a row more", table(["a", "b", "c"], ["x", "y", "x"]), table(["a", "c"], ["x", "x"]), "unpaired", [1, 0, 0]],
  ["ids beyond the basic plane", table(["\u{1F600}"], ["x"]), table(["\uFFFD"], ["x"]), "unpaired", [1, 1, 0]],
  ["a label changed", table(["a", "b"], ["y", "y"]), table(["a", "b"], ["x", "y"]), "labels-differ", [0, 0, 1]],
])("%s: %s", (_, candidate, baseline, code, counts) => {
  const found = pairRows(candidate, baseline);
  expect(found).toMatchObject({
    paired: false,
    code,
    onlyCandidate: counts[0],
    onlyBaseline: counts[1],
    labelsDiffer: counts[2],
  });
});

describe("rows with any number of classes", () => {
  const flags = (columns: Readonly<Record<string, number[]>>): RowTable => ({
    count: 2,
    ids: textCells(["a", "b"]),
    columns: new Map(
      Object.entries(columns).map(([name, values]) => [name, { type: "number", values: Float64Array.from(values) }]),
    ),
  });
  const base = flags({ "label:x": [1, 0], "label:y": [1, 1], "prediction:x": [0, 0] });

  test("pair when every class has the same rows, whatever was predicted", () => {
    const other = flags({ "label:y": [1, 1], "label:x": [1, 0], "prediction:x": [1, 1] });
    expect(pairRows(other, base)).toEqual({ paired: true });
  });

  test("a class without a column is one that no row has", () => {
    const more = flags({ "label:x": [1, 0], "label:y": [1, 1], "label:z": [0, 0], "prediction:z": [1, 0] });
    expect(pairRows(more, base)).toEqual({ paired: true });
    expect(pairRows(base, more)).toEqual({ paired: true });
  });

  test.each([
    ["one class of one row changed", flags({ "label:x": [1, 1], "label:y": [1, 1] }), 1],
    ["two classes of one row changed", flags({ "label:x": [1, 1], "label:y": [1, 0] }), 1],
    ["a class is missing", flags({ "label:y": [1, 1] }), 1],
    ["a further class has a row", flags({ "label:x": [1, 0], "label:y": [1, 1], "label:z": [1, 1] }), 2],
    ["one label a row on the other side", table(["a", "b"], ["x", "y"]), 2],
  ])("do not pair when %s", (_, other, labelsDiffer) => {
    expect(pairRows(other, base)).toMatchObject({ paired: false, code: "labels-differ", labelsDiffer });
    expect(pairRows(base, other)).toMatchObject({ paired: false, code: "labels-differ", labelsDiffer });
  });
});

test("the same rows with other weights, or weights on one side only, are another question", () => {
  const weighted = (...values: number[]): RowTable => {
    const plain = table(["a", "b"], ["x", "y"]);
    const weight = { type: "number" as const, values: Float64Array.from(values) };
    return { ...plain, columns: new Map([...plain.columns, ["weight", weight]]) };
  };
  expect(pairRows(weighted(1, 2), weighted(1, 2))).toEqual({ paired: true });
  for (const other of [weighted(1, 50), table(["a", "b"], ["x", "y"])]) {
    expect(pairRows(other, weighted(1, 2))).toMatchObject({ paired: false, code: "weights-differ" });
    expect(pairRows(weighted(1, 2), other)).toMatchObject({ paired: false, code: "weights-differ" });
  }
});
