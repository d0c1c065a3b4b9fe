import { describe, expect, test } from "vitest";
import type { Column, RowTable } from "../tables/row-table.ts";
import { textCells } from "../tables/text-cells.ts";
import { decided, hex, rowsSide, sideOf } from "./rules/decision.fixture.ts";

const labels = Array.from({ length: 60 }, (_, i) => ["cat", "dog"][i % 2] ?? "");

/** Two classes with a column of scores for each of `scored`. */
function scoredSide(id: number, scored: readonly string[], compute: string[]) {
  const names = ["cat", "dog"];
  const columns = new Map<string, Column>([
    ["label", { type: "category", codes: Int32Array.from(labels, (value) => names.indexOf(value)), names }],
  ]);
  for (const name of scored)
    columns.set(`score:${name}`, {
      type: "number",
      values: Float64Array.from(labels, (l) => (l === name ? 0.8 : 0.2)),
    });
  const rows: RowTable = { count: labels.length, ids: textCells(labels.map((_, i) => String(100 + i))), columns };
  const task = { task: "classification" as const, classes: names, compute, slices: [] };
  const described = { file: "rows.csv", digest: hex(3), count: labels.length, task };
  return sideOf(
    compute.map((name) => ({ name, value: 0.3, n: labels.length })),
    id,
    { rows: described },
    rows,
  );
}

const firstReason = (verdict: ReturnType<typeof decided>) => verdict.gates[0]?.reasons[0];

describe("a metric that the candidate has no longer", () => {
  const model = { gates: [{ metric: "log_loss", "max-rise": 0.01 }] };
  const baseline = scoredSide(2, ["cat", "dog"], ["log_loss"]);

  test("because the scores of a class are gone names the class", () => {
    const candidate = scoredSide(1, ["cat"], []);
    expect(firstReason(decided({ candidate, baseline, model }))).toEqual({
      code: "metric-missing",
      text: "The candidate has no log_loss; the baseline has it: no column has the scores of the class dog.",
      next: "Write one column of scores for each class, such as score:dog.",
    });
  });

  test("because the predictions are gone names the column", () => {
    const gates = [{ metric: "accuracy", "max-drop": 0.01 }];
    const before = scoredSide(2, ["cat", "dog"], ["accuracy"]);
    const found = firstReason(decided({ candidate: scoredSide(1, [], []), baseline: before, model: { gates } }));
    expect(found?.text).toMatch(/the baseline has it: the rows have no column [a-z]+\.$/);
  });

  test("because the rows were read as another task names both", () => {
    const candidate = scoredSide(1, ["cat", "dog"], []);
    const { document, digest } = baseline.received;
    const rows = document.rows && { ...document.rows, task: { ...document.rows.task, task: "regression" as const } };
    const other = { ...baseline, received: { digest, document: { ...document, ...(rows && { rows }) } } };
    expect(firstReason(decided({ candidate, baseline: other, model }))).toMatchObject({
      code: "metric-missing",
      text: "The candidate has no log_loss; the baseline has it: its rows were read as classification, the baseline's as regression.",
      next: "Check the columns of the predictions, and set `task` to regression.",
    });
  });

  test("that no side has, and rows of this task cannot give, names the task", () => {
    const gates = [{ metric: "rmse", "max-rise": 0.01 }];
    const found = firstReason(decided({ candidate: scoredSide(1, ["cat"], []), baseline, model: { gates } }));
    expect(found).toMatchObject({
      code: "gate-matches-nothing",
      text: "The gate rmse matches no metric of the candidate or the baseline: its rows were read as classification.",
    });
  });
});

test("a metric of another task that was asked for says as what the rows were read", () => {
  const side = (id: number) =>
    rowsSide(
      id,
      labels.map((label) => ({ label: label === "cat" ? "1" : "0", prediction: "1" })),
      ["accuracy"],
    );
  const candidate = side(1);
  candidate.received.document.metrics.push({ name: "rmse", undefined: "metric-unknown" });
  const gates = [{ metric: "rmse", "max-rise": 0.01 }];
  const baseline = sideOf([{ name: "rmse", value: 2 }], 2);
  expect(firstReason(decided({ candidate, baseline, model: { gates } }))).toEqual({
    code: "metric-undefined",
    text: "The candidate has rmse without a value (metric-unknown). The rows were read as classification, and it is no metric of that task.",
    next: "Set `task` to what the rows are, or correct the metric's name.",
  });
});
