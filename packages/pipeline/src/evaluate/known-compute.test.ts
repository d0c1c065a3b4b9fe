import { expect, test } from "vitest";
import { checkCompute } from "./known-compute.ts";

test("names of metrics are taken, also those with a parameter", () => {
  expect(() => checkCompute(undefined)).not.toThrow();
  expect(() => checkCompute(["accuracy", "recall@fpr=0.01", "mean(tokens)"])).not.toThrow();
});

test("every unknown name is a problem of its own, with the nearest known one", () => {
  let problems: unknown;
  try {
    checkCompute(["acuracy", "f1", "zzzzzzzzzz"]);
  } catch (error) {
    problems = error instanceof Error && "problems" in error ? error.problems : error;
  }
  expect(problems).toEqual([
    {
      code: "metric-unknown",
      text: 'compute: "acuracy" is not a metric that can be computed.',
      next: "Did you mean accuracy? docs/metrics.md lists all.",
    },
    {
      code: "metric-unknown",
      text: 'compute: "zzzzzzzzzz" is not a metric that can be computed.',
      next: "docs/metrics.md lists the metrics.",
    },
  ]);
});
