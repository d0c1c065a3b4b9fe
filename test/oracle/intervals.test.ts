import type { RowsTask } from "@metricgate/core/documents/evaluation";
import { metricsFromRows } from "@metricgate/core/metrics/from-rows";
import { pairedDifference } from "@metricgate/core/statistics/difference";
import { holm } from "@metricgate/core/statistics/holm";
import { unpairedDifference } from "@metricgate/core/statistics/unpaired-difference";
import { wilson } from "@metricgate/core/statistics/wilson";
import { describe, expect, it } from "vitest";
import { oracleRuns } from "./ask-python.ts";
import { differing } from "./differing.ts";
import { draws } from "./draws.ts";
import { rowTableOf } from "./tables.ts";

const numbers = (n: number, next: () => number) => Array.from({ length: n }, () => next() ** 3 * 10);
const task: RowsTask = { task: "regression", compute: ["mae"], slices: [] };
const sizes = [2, 3, 5, 10, 40, 300];
const levels = [0.8, 0.95, 0.99];

/** Rows whose absolute errors are `errors`. */
function errorTable(errors: number[]) {
  return rowTableOf({ task: "regression", label: errors.map(() => 0), prediction: errors }).rows;
}

describe.runIf(oracleRuns)("intervals and p-values", () => {
  it("of a share equal Wilson's by statsmodels", () => {
    const cases = [1, 2, 10, 97, 1e6].flatMap((n) =>
      [0, 1, Math.floor(n / 3), n].flatMap((k) =>
        levels.map((level) => {
          const { low, high } = wilson(k, n, level);
          return { name: "wilson", args: [k, n, level], ours: [low, high] };
        }),
      ),
    );
    expect(differing(cases)).toEqual([]);
  });

  it("of a mean of row values equal Student's t by scipy, where they do not leave the metric's range", () => {
    const next = draws(7);
    const cases = sizes.flatMap((n) =>
      levels.flatMap((level) => {
        const errors = numbers(n, next).map((x) => x + 1000);
        const interval = metricsFromRows(errorTable(errors), task, { level })[0]?.interval;
        return [
          {
            name: "tInterval",
            args: [errors, level],
            ours: [interval?.low ?? Number.NaN, interval?.high ?? Number.NaN],
          },
        ];
      }),
    );
    expect(differing(cases)).toEqual([]);
  });

  it("of a paired difference of means equal the paired t test by scipy", () => {
    const next = draws(9);
    const cases = sizes.flatMap((n) =>
      levels.map((level) => {
        const [a, b] = [numbers(n, next), numbers(n, next)];
        const { difference } = pairedDifference("mae", errorTable(a), errorTable(b), task, {
          scale: "absolute",
          level,
          direction: "up",
        });
        if ("undefined" in difference) throw new Error(difference.undefined);
        const { interval, pLoss } = difference;
        return { name: "pairedT", args: [a, b, level], ours: [interval?.low ?? 0, interval?.high ?? 0, pLoss ?? 0] };
      }),
    );
    expect(differing(cases)).toEqual([]);
  });

  it("of repeated runs equal Welch's t test by scipy", () => {
    const next = draws(11);
    const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
    const cases = sizes.flatMap((n) =>
      levels.map((level) => {
        const [a, b] = [numbers(n, next), numbers(n + 2, next)];
        const difference = unpairedDifference(
          { name: "x", value: mean(a), repeats: a },
          { name: "x", value: mean(b), repeats: b },
          { scale: "absolute", level, direction: "up" },
        );
        if ("undefined" in difference) throw new Error(difference.undefined);
        const { interval, pLoss } = difference;
        return { name: "welch", args: [a, b, level], ours: [interval?.low ?? 0, interval?.high ?? 0, pLoss ?? 0] };
      }),
    );
    expect(differing(cases)).toEqual([]);
  });

  it("after Holm equal statsmodels' multipletests", () => {
    const next = draws(13);
    const cases = [1, 2, 3, 10, 50].flatMap((n) =>
      [1, 3, 9].map((power) => {
        const p = Array.from({ length: n }, () => Math.round(next() ** power * 1000) / 1000);
        return { name: "holm", args: [p], ours: holm(p) };
      }),
    );
    expect(differing(cases)).toEqual([]);
  });
});
