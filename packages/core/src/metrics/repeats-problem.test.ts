import { expect, test } from "vitest";
import { repeatsProblem } from "./repeats-problem.ts";

test.each([
  [0.583, [0.58, 0.59], false],
  [0.58, [0.583, 0.584], false],
  [0.58, [], false],
  [undefined, [0.5], false],
  [0.6, [0.5, 0.55], false],
  [0.9, [0.5, 0.51, 0.52], true],
  [0, [0.5], true],
  [-3, [3, 3.1], true],
])("a value of %s and repeats of %j contradict each other: %s", (value, repeats, contradicts) => {
  const metric = { name: "acc", repeats, ...(value === undefined ? {} : { value }) };
  expect(repeatsProblem(metric) !== undefined).toBe(contradicts);
});
