import type { Metric } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import { expect, it } from "vitest";
import { checkMetrics } from "./check-metrics.ts";

const from = { file: "out/metrics.json", format: "json", line: 7 };
const interval = { low: 0.91, high: 0.95, level: 0.95, method: "bootstrap" };
const refused = (...metrics: Metric[]) => {
  try {
    checkMetrics(metrics);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  return [];
};

it("refuses every metric whose interval or repeats are not those of its value, with its line", () => {
  const problems = refused(
    { name: "recall", value: 0.2, interval, from },
    { name: "f1", value: 0.2, repeats: [0.91, 0.95] },
    { name: "accuracy", value: 0.93, interval, repeats: [0.92, 0.94], from },
  );
  expect(problems).toMatchObject([
    {
      code: "interval-contradicts",
      text: "recall is 0.2, and its interval lies from 0.91 to 0.95",
      where: { file: "out/metrics.json", line: 7 },
    },
    { code: "repeats-contradict", text: expect.stringContaining("f1 is 0.2") },
  ]);
  expect(problems[1]).not.toHaveProperty("where");
});

it("takes metrics without either, and without a value", () => {
  expect(refused({ name: "recall", value: 0.2 }, { name: "f1", undefined: "no-positives", interval })).toEqual([]);
});
