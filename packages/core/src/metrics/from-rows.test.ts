import { expect, it } from "vitest";
import type { RowsTask } from "../documents/evaluation.ts";
import { metric } from "../documents/evaluation.ts";
import type { Column } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { metricsFromRows } from "./from-rows.ts";
import { usualMetrics } from "./usual.ts";

const category = (codes: number[], names: string[]): Column => ({
  type: "category",
  codes: Int32Array.from(codes),
  names,
});
const count = 300;
const cycle = (k: number) => Array.from({ length: count }, (_, i) => i % k);
const columns = new Map<string, Column>([
  ["label", category(cycle(2), ["0", "1"])],
  ["prediction", category(cycle(2), ["0", "1"])],
  ["score", { type: "number", values: Float64Array.from(cycle(2)) }],
  ["slice:third", category(cycle(3), ["a", "b", "c"])],
  [
    "slice:each",
    category(
      cycle(count),
      cycle(count).map((i) => String(i + 1000)),
    ),
  ],
]);
const rows = { count, ids: textCells(cycle(count).map((i) => String(i + 1000))), columns };
const task: RowsTask = {
  task: "classification",
  positive: "1",
  compute: usualMetrics({ task: "classification", positive: "1" }, columns),
  slices: ["third", "each"],
};

it("measures each usual metric over all rows, then in each slice, without a column of more than 200 values", () => {
  const found = metricsFromRows(rows, task, { level: 0.95 });
  expect(found.map(({ name, slice }) => [name, slice?.third])).toEqual(
    [undefined, "a", "b", "c"].flatMap((value) => task.compute.map((name) => [name, value])),
  );
  for (const one of found) expect(metric.parse(one)).toEqual(one);
});

it("never claims certainty for a perfect share or area: the interval has a width and there is no stderr of 0", () => {
  for (const one of metricsFromRows(rows, { ...task, slices: [] }, { level: 0.95 })) {
    if (one.direction !== "up") continue;
    expect(one).toMatchObject({ value: 1, n: 300, interval: { high: 1, level: 0.95 } });
    expect(one.interval?.low).toBeLessThan(0.995);
    expect(one).not.toHaveProperty("stderr");
  }
});
