import { expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { readPredictions } from "./read-predictions.ts";

const read = (content: string, choice: Partial<ColumnChoice> = {}) =>
  readPredictions(memorySource("p.csv", content), { slices: [], ...choice });
const rows = (count: number, of: (at: number) => string): string =>
  `id,y_true,y_pred\n${Array.from({ length: count }, (_, at) => `${at},${of(at)}\n`).join("")}`;

it.each([
  ["few", rows(4, (at) => `${at % 4},${at === 2 ? "2.3" : at % 4}`), 4],
  ["more than are told apart as classes", rows(1_500, (at) => `${at % 5},${at % 5}.${at}1`), 2],
])(
  "whole labels with predictions that have fractions, %s, are no classes: the refusal points to task: regression",
  async (_, text, line) => {
    const problem = await problemOf(() => read(text));
    expect(problem).toMatchObject({ code: "prediction-fractional", where: { file: "p.csv", line } });
    expect(problem.next).toContain("`task: regression`");
    expect((await read(text, { task: "regression" })).task.task).toBe("regression");
  },
);

it("True beside 1 and 0 is no third class: the refusal names both ways and the line", async () => {
  const problem = await problemOf(() => read("id,y_true,y_pred\n1,1,1\n2,0,0\n3,True,1\n"));
  expect(problem).toMatchObject({ code: "classes-mixed", where: { line: 4 } });
});

it("whole predictions with a decimal point are classes, and shares of 0 and 1 are scores", async () => {
  expect((await read(rows(4, (at) => `${at % 3},${at % 3}.0`))).task.task).toBe("classification");
  const { rows: shares } = await read(rows(4, (at) => `${at % 2},0.${at + 1}`));
  expect([...shares.columns.keys()]).toContain("score");
});
