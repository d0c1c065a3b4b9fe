import { expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import { readMetrics } from "./read-metrics.ts";

it.each([
  ["m.yaml", "loss: 0.2\naccuracy: 0,93\n", "decimal-comma", "decimal point"],
  ["m.yaml", "loss: 0.2\naccuracy: 93%\n", "metric-is-text", "0.93"],
  ["m.yaml", "loss: 0.2\naccuracy: 1_000\n", "metric-is-text", "1000"],
  ["m.json", '{"loss": 0.2,\n "accuracy": "93.5 %"}', "metric-is-text", "0.93"],
])(
  "%s: a number that is written as a text is refused with its line and how to write it: %j",
  async (name, text, code, next) => {
    const problem = await problemOf(() => readMetrics(memorySource(name, text)));
    expect(problem).toMatchObject({ code, where: { file: name, line: 2 } });
    expect(problem.next).toContain(next);
  },
);

it("remarks behind a value of name=value are passed over", async () => {
  const { metrics } = await readMetrics(memorySource("m.txt", "accuracy = 0.93 # of the test set\nloss=0.2\n"));
  expect(metrics.map(({ value }) => value)).toEqual([0.93, 0.2]);
});
