import { describe, expect, test } from "vitest";
import type { RowsTask } from "../documents/evaluation.ts";
import type { Column, RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { pairedDifference } from "./difference.ts";

const task: RowsTask = { task: "classification", positive: "1", classes: ["0", "1"], compute: [], slices: [] };

function table(labels: number[], predictions: number[], scores: number[]): RowTable {
  const category = (values: number[]): Column => ({
    type: "category",
    codes: Int32Array.from(values),
    names: ["0", "1"],
  });
  const columns = new Map<string, Column>([
    ["label", category(labels)],
    ["prediction", category(predictions)],
    ["score", { type: "number", values: Float64Array.from(scores) }],
  ]);
  return { count: labels.length, ids: textCells(labels.map((_, i) => `r${i}`)), columns };
}

const why = (metric: string, rows: RowTable, scale: "absolute" | "relative" = "absolute") =>
  pairedDifference(metric, rows, rows, task, { scale, level: 0.95, direction: "up" }).difference;

describe("why few rows give no interval", () => {
  test("an area under the ROC curve with one positive says that a class has one row", () => {
    const rows = table([1, 0, 0], [1, 0, 0], [0.9, 0.2, 0.4]);
    expect(why("roc_auc", rows, "absolute")).toEqual({ undefined: "too-few-of-a-class" });
  });

  test("a share that many resamples lack says so", () => {
    const rows = table([1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0.9, 0.2, 0.4, 0.1, 0.3, 0.2]);
    expect(why("f1", rows, "relative")).toEqual({ undefined: "too-few-resamples" });
  });

  test.each(["f1", "f1_macro", "mcc", "balanced_accuracy", "roc_auc", "average_precision"])(
    "%s: five rows show no change, since all of five may differ alike by chance",
    (metric) => {
      const five = table([1, 0, 1, 0, 1], [0, 1, 0, 1, 0], [0.1, 0.9, 0.2, 0.8, 0.3]);
      expect(why(metric, five)).toEqual({ undefined: metric === "roc_auc" ? "too-few-of-a-class" : "too-few-rows" });
    },
  );
});
