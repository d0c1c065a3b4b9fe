import { expect, test } from "vitest";
import type { Digest } from "../documents/digest.ts";
import type { Metric, RowsTask } from "../documents/evaluation.ts";
import type { RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import type { Side } from "./decide-input.ts";
import { headlineOf } from "./headline.ts";

const digest: Digest = `sha256:${"0".repeat(64)}`;
const task: RowsTask = {
  task: "classification",
  positive: "yes",
  classes: ["no", "yes"],
  compute: ["recall", "precision"],
  slices: [],
};

function rowsOf(labels: readonly number[], predictions: readonly number[]): RowTable {
  const names = ["no", "yes"];
  return {
    count: labels.length,
    ids: textCells(labels.map((_, index) => `r${index}`)),
    columns: new Map([
      ["label", { type: "category", names, codes: Int32Array.from(labels) }],
      ["prediction", { type: "category", names, codes: Int32Array.from(predictions) }],
    ]),
  };
}

function side(metric: Metric, rows?: RowTable): Side {
  const document = {
    kind: "metricgate/evaluation@1" as const,
    model: { name: "m" },
    source: {},
    metrics: [metric],
    rows: { file: "rows.csv", digest, count: 5, task },
  };
  return { received: { document, digest }, ...(rows === undefined ? {} : { rows }) };
}

const labels = [1, 1, 0, 0, 0];
const before = rowsOf(labels, [1, 1, 0, 0, 0]);
const after = rowsOf(labels, [1, 0, 1, 0, 0]);

test("a recall is counted among the positives, not among all rows", () => {
  const found = headlineOf(
    { metric: "recall", say: "found" },
    side({ name: "recall", value: 0.5, n: 5 }, after),
    side({ name: "recall", value: 1, n: 5 }, before),
  );
  expect(found).toEqual({ metric: "recall", say: "found", baseline: 1, candidate: 0.5, n: 2 });
});

test("shares of different numbers of rows, and computed shares without their rows, are not counted", () => {
  const precision = headlineOf(
    { metric: "precision", say: "right" },
    side({ name: "precision", value: 0.5, n: 5 }, after),
    side({ name: "precision", value: 1, n: 5 }, rowsOf(labels, [1, 0, 0, 0, 0])),
  );
  expect(precision).not.toHaveProperty("n");
  const recall = side({ name: "recall", value: 0.5, n: 5 });
  expect(headlineOf({ metric: "recall", say: "found" }, recall, recall)).not.toHaveProperty("n");
});

test("the n beside a value of a metric file is its own", () => {
  const from = { file: "out/metrics.json", format: "json" };
  const one = side({ name: "recall", value: 0.5, n: 120, from });
  expect(headlineOf({ metric: "recall", say: "found" }, one, one)?.n).toBe(120);
});
