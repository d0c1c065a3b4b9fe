import { expect, test } from "vitest";
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
