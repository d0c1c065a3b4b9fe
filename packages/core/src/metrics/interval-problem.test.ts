import fc from "fast-check";
import { expect, it } from "vitest";
import { intervalProblem } from "./interval-problem.ts";

const stated = (value: number | undefined, low: number, high: number) => ({
  name: "recall",
  ...(value === undefined ? {} : { value }),
  interval: { low, high, level: 0.95, method: "stated" },
});

it.each([
  ["a value far below", stated(0.2, 0.91, 0.95), true],
  ["a value far above", stated(0.99, 0.3, 0.31), true],
  ["a latency far above", stated(500, 100, 120), true],
  ["no value", stated(undefined, 0.91, 0.95), false],
  ["a value that was rounded", stated(0.95, 0.9512, 0.9532), false],
  ["a point that was rounded", stated(0.95, 0.9512, 0.9512), false],
  ["a biased bootstrap", stated(0.036, 0.038, 0.061), false],
])("an interval with %s: contradiction %s", (_, metric, contradicts) => {
  expect(intervalProblem(metric) !== undefined).toBe(contradicts);
});

it("a value inside never contradicts, and without an interval nothing does", () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      const [low = 0, inside = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
      expect(intervalProblem(stated(inside, low, high))).toBeUndefined();
      expect(intervalProblem({ name: "m", value: a })).toBeUndefined();
    }),
  );
});
