import type { RowsTask } from "@metricgate/core/documents/evaluation";
import type { Measured } from "@metricgate/core/metrics/measured";
import { benjaminiHochberg } from "@metricgate/core/statistics/benjamini-hochberg";
import { clopperPearson } from "@metricgate/core/statistics/clopper-pearson";
import { pairedDifference } from "@metricgate/core/statistics/difference";
import { type BandMethod, historyBand } from "@metricgate/core/statistics/history-band";
import { independentDifference } from "@metricgate/core/statistics/independent-difference";
import { mcnemar } from "@metricgate/core/statistics/mcnemar";
import { mannWhitneyU } from "@metricgate/core/statistics/probability-of-superiority";
import { quantile } from "@metricgate/core/statistics/quantile";
import { repeatedDifference } from "@metricgate/core/statistics/repeated-difference";
import { describe, expect, it } from "vitest";
import { oracleRuns } from "./ask-python.ts";
import { differing, ends } from "./differing.ts";
import { draws } from "./draws.ts";
import { rowTableOf } from "./tables.ts";

const levels = [0.8, 0.95, 0.99];
const sizes = [2, 3, 5, 10, 40, 300];
const numbers = (n: number, next: () => number) => Array.from({ length: n }, () => next() ** 3 * 10 - 2);

/** A mean of row values, as a metric measures it. */
function meanOf(values: number[]): Measured {
  const value = values.reduce((a, b) => a + b, 0) / values.length;
  const influence = Float64Array.from(values, (x) => (x - value) / values.length);
  return { value, n: values.length, influence, kind: "mean", support: values.length };
}

/** A share of rows, as a metric measures it. */
function shareOf(successes: number, n: number): Measured {
  const value = successes / n;
  const outcomes = Int8Array.from({ length: n }, (_, i) => (i < successes ? 1 : 0));
  const influence = Float64Array.from(outcomes, (x) => (x - value) / n);
  return { value, n, influence, kind: "rate", successes, trials: n, outcomes, support: n };
}

describe.runIf(oracleRuns)("tests and bands", () => {
  it("Clopper and Pearson's interval equals statsmodels' (searched for: to 1e-8)", () => {
    const cases = [1, 2, 10, 97, 5000, 1e6].flatMap((n) =>
      [0, 1, Math.floor(n / 3), n - 1, n].flatMap((k) =>
        levels.map((level) => {
          const { low, high } = clopperPearson(k, n, level);
          return { name: "clopperPearson", args: [k, n, level], ours: [low, high] };
        }),
      ),
    );
    expect(differing(cases, 1e-8)).toEqual([]);
  });

  it("McNemar's exact p equals statsmodels', its mid-p the definition over scipy's binomial", () => {
    const cases = [0, 1, 2, 5, 9, 30, 400].flatMap((gained) =>
      [0, 1, 3, 5, 12, 30, 371].flatMap((lost) => {
        const { exact, mid } = mcnemar(gained, lost);
        return gained + lost === 0 ? [] : [{ name: "mcnemar", args: [gained, lost], ours: [exact, mid] }];
      }),
    );
    expect(differing(cases)).toEqual([]);
    expect(mcnemar(0, 0)).toEqual({ exact: 1, mid: 1 });
  });

  it("Benjamini and Hochberg's adjustment equals statsmodels' multipletests", () => {
    const next = draws(17);
    const cases = [1, 2, 3, 10, 50].flatMap((n) =>
      [1, 3, 9].map((power) => {
        const p = Array.from({ length: n }, () => Math.round(next() ** power * 1000) / 1000);
        return { name: "benjaminiHochberg", args: [p], ours: benjaminiHochberg(p) };
      }),
    );
    expect(differing(cases)).toEqual([]);
  });

  it("independent means equal Welch's t test by scipy, with its two-sided p and degrees of freedom", () => {
    const next = draws(19);
    const cases = sizes.flatMap((n) =>
      levels.map((level) => {
        const [a, b] = [numbers(n, next), numbers(n + 3, next)];
        const found = independentDifference(meanOf(a), meanOf(b), { scale: "absolute", level });
        if ("undefined" in found) throw new Error(found.undefined);
        return { name: "welchGap", args: [a, b, level], ours: [...ends(found), found.pGap, found.df] };
      }),
    );
    expect(differing(cases)).toEqual([]);
  });

  it("independent shares equal Newcombe's interval and the two-proportion score test by statsmodels", () => {
    const places: [number, number, number, number][] = [
      [56, 70, 48, 80],
      [9, 10, 3, 10],
      [0, 10, 0, 20],
      [10, 10, 0, 20],
      [5, 56, 0, 29],
      [1, 1, 0, 1],
      [400, 1000, 410, 1000],
    ];
    const cases = places.flatMap(([x, n, y, m]) =>
      levels.map((level) => {
        const found = independentDifference(shareOf(x, n), shareOf(y, m), { scale: "absolute", level });
        const pGap = "undefined" in found ? Number.NaN : found.pGap;
        const args = [x, n, y, m, level];
        // Between shares without any variance the score test has no p; ours is that of values that are equal.
        if (x === 0 && y === 0) expect(pGap).toBe(1);
        return {
          name: x === 0 && y === 0 ? "newcombeEnds" : "newcombe",
          args,
          ours: x === 0 && y === 0 ? ends(found) : [...ends(found), pGap],
        };
      }),
    );
    expect(differing(cases)).toEqual([]);
  });

  it.each([
    ["DeLong's", "delong", "paired-influence", [600, 1500, 3000]],
    ["the score interval where few rows differ,", "aucFewDiffering", "few-differing", [8, 10, 12, 16, 20, 26]],
  ] as const)("areas under the ROC curve equal %s by its definition", (_, name, method, sizes) => {
    const next = draws(23);
    const cases = sizes.flatMap((n) =>
      [1, 2].flatMap((time) =>
        levels.map((level) => {
          const label = Array.from({ length: n }, (_, i) => (i < 2 ? 1 : i < 4 ? 0 : next() < 0.3 ? 1 : 0));
          const scores = () => label.map((y) => Math.round((y * 0.3 * time + next()) * 8) / 8);
          const [a, b] = [scores(), scores()];
          const table = (score: number[]) =>
            rowTableOf({ task: "classification", positive: "1", label: label.map(String), score });
          const task: RowsTask = { task: "classification", positive: "1", compute: [], slices: [] };
          const options = { scale: "absolute", level, direction: "up" } as const;
          const { difference } = pairedDifference("roc_auc", table(a).rows, table(b).rows, task, options);
          if ("undefined" in difference) throw new Error(difference.undefined);
          expect(difference.method).toBe(method);
          return { name, args: [label, a, b, level], ours: [...ends(difference), difference.pLoss ?? Number.NaN] };
        }),
      ),
    );
    expect(differing(cases)).toEqual([]);
  });

  it("several runs of either side equal the sum of the parts by scipy", () => {
    const next = draws(29);
    const cases = [2, 3, 6].flatMap((k) =>
      [5, 60].flatMap((n) =>
        levels.map((level) => {
          const base = numbers(n, next);
          const runs = (count: number) =>
            Array.from({ length: count }, () => {
              const shift = next();
              return base.map((x) => x + shift + next());
            });
          const [c, b] = [runs(k), runs(k + 1)];
          const options = { scale: "absolute", level, direction: "up" } as const;
          const found = repeatedDifference(c.map(meanOf), b.map(meanOf), options);
          if ("undefined" in found) throw new Error(found.undefined);
          expect(found.repeats).toEqual({ candidate: k, baseline: k + 1 });
          return { name: "repeated", args: [c, b, level], ours: [...ends(found), found.pLoss ?? Number.NaN] };
        }),
      ),
    );
    expect(differing(cases)).toEqual([]);
  });

  it("bands of past values equal scipy's prediction quantiles and scaled median deviation", () => {
    const next = draws(31);
    const both = (values: number[], how: BandMethod) => {
      const band = historyBand(values, "near", how);
      if ("undefined" in band) throw new Error(band.undefined);
      return [band.low ?? Number.NaN, band.high ?? Number.NaN];
    };
    const cases = [5, 6, 9, 20, 100].flatMap((n) => {
      const values = numbers(n, next);
      return [
        ...[0.9, 0.99, 0.999].map((level) => ({
          name: "predictionBand",
          args: [values, level],
          ours: both(values, { method: "t", level }),
        })),
        ...[1, 3].map((times) => ({
          name: "madBand",
          args: [values, times],
          ours: both(values, { method: "mad", times }),
        })),
      ];
    });
    expect(differing(cases)).toEqual([]);
  });

  it("Mann and Whitney's U and quantiles equal scipy's and numpy's", () => {
    const next = draws(37);
    const rounded = (n: number) => numbers(n, next).map(Math.round);
    const cases = sizes.flatMap((n) => {
      const [a, b] = [rounded(n), rounded(n + 2)];
      const sorted = Float64Array.from(a).sort();
      return [
        { name: "mannWhitney", args: [a, b], ours: [mannWhitneyU(a, b)] },
        ...[0, 0.025, 0.31, 0.5, 0.975, 1].map((share) => ({
          name: "quantile",
          args: [a, share],
          ours: [quantile(sorted, share)],
        })),
      ];
    });
    expect(differing(cases)).toEqual([]);
  });
});
