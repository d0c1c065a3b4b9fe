import { expect, it } from "vitest";
import { memorySource } from "../../testing/memory-source.ts";
import { problemOf } from "../../testing/problem-of.ts";
import { readMetrics } from "../read-metrics.ts";

const read = (text: string) => readMetrics(memorySource("out/metrics.json", text));

it.each([
  ['{"loss": [0.5, 0.4],\n "acc": [0.9, null]}', 'value 2 of its list of "acc"', 2],
  ['{"loss": [0.5,\n "NaN", 0.3]}', 'value 2 of its list of "loss"', 2],
  ['{"train": {"auc": ["x", 0.4]}}', 'value 1 of its list of "train.auc"', 1],
])("a value of a history that is no number is named with its list, place and line: %s", async (text, names, line) => {
  const problem = await problemOf(() => read(text));
  expect(problem).toMatchObject({ code: "metric-field", where: { file: "out/metrics.json", line } });
  expect(problem.text).toContain(names);
  expect(problem.where?.column).toBeGreaterThan(0);
});

it.each(['{"train": {"auc": [0.1, 0.2]},\n "valid": {"auc": [0.1]}}', '{"loss": [0.5, 0.4],\n "val_loss": [0.6]}'])(
  "histories of unequal length are refused at the one that differs: %s",
  async (text) => {
    const problem = await problemOf(() => read(text));
    expect(problem).toMatchObject({ code: "metric-shape", where: { line: 2 } });
    expect(problem.text).toMatch(/has 1 values and that of .* has 2/);
  },
);

it("numbers beside histories are read with them", async () => {
  const { metrics, curves, format } = await read(
    '{"accuracy": 0.93, "train_loss": [0.5, 0.4], "val": {"auc": [0.7, 0.8]}}',
  );
  expect(format).toBe("history-json");
  expect(metrics.map(({ name, value }) => [name, value])).toEqual([
    ["accuracy", 0.93],
    ["train_loss", 0.4],
    ["val.auc", 0.8],
    ["best(val.auc)", 0.8],
  ]);
  expect(curves).toHaveLength(2);
});

it("a list beside numbers that is no history, such as an interval, is left out and named", async () => {
  const { metrics, notes } = await read('{"accuracy": 0.93, "interval": [0.9, 0.95], "train_loss": [0.5, 0.4, 0.3]}');
  expect(metrics.map(({ name }) => name)).toEqual(["accuracy", "train_loss"]);
  expect(notes.map(({ text }) => text).join()).toContain('"interval" (a list)');
  expect((await read('{"accuracy": 0.93, "interval": [0.9, 0.95]}')).format).toBe("json");
});
