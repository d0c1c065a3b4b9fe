import { betaQuantile } from "@metricgate/core/statistics/distributions/beta";
import {
  binomialCdf,
  binomialPmf,
  binomialQuantile,
  binomialSf,
} from "@metricgate/core/statistics/distributions/binomial";
import { chiSquareCdf, chiSquareQuantile, chiSquareSf } from "@metricgate/core/statistics/distributions/chi-square";
import { erf, erfc } from "@metricgate/core/statistics/distributions/error-function";
import { incompleteGamma, incompleteGammaUpper, logGamma } from "@metricgate/core/statistics/distributions/gamma";
import { incompleteBeta } from "@metricgate/core/statistics/incomplete-beta";
import { normalCdf, normalQuantile } from "@metricgate/core/statistics/normal";
import { studentCdf, studentQuantile } from "@metricgate/core/statistics/student";
import { describe, expect, it } from "vitest";
import { askPython, type OracleCall, oracleRuns } from "./ask-python.ts";
import { closeness } from "./closeness.ts";
import { draws } from "./draws.ts";

interface Case extends OracleCall {
  ours: number;
}

const freedoms = [1, 1.5, 2, 3, 4.7, 9, 10, 29, 30, 99.5, 1000, 12_345.6, 99_999, 100_001, 1e6];
const points = [0, 1e-4, 0.001, 0.3, 0.9999, 1, 1.5, 2, 2.0001, 2.828, 3, 5, 8, 12, 30];
const shares = [1e-10, 1e-6, 0.001, 0.0125, 0.025, 0.1, 0.3, 0.4999, 0.5, 0.50001, 0.8, 0.95, 0.975, 0.995, 0.999999];

function one(name: string, args: number[], of: (...args: number[]) => number): Case {
  return { name, args, ours: of(...args) };
}

/** Every choice of one value from each list. */
function grid(...lists: number[][]): number[][] {
  return lists.reduce<number[][]>((rows, list) => rows.flatMap((row) => list.map((x) => [...row, x])), [[]]);
}

/** The normal, Student's t and the beta integral at fixed and drawn arguments. */
function symmetric(): Case[] {
  const next = draws(42);
  const drawnPoints = [...points, ...Array.from({ length: 40 }, () => next() * 6)].flatMap((x) => [x, -x]);
  const drawnShares = [...shares, ...Array.from({ length: 40 }, next)];
  return [
    ...[...drawnPoints, -37].map((z) => one("normalCdf", [z], normalCdf)),
    ...drawnPoints.flatMap((x) => [one("erf", [x], erf), one("erfc", [x], erfc)]),
    ...[...drawnShares, 1e-300].map((p) => one("normalQuantile", [p], normalQuantile)),
    ...grid(drawnPoints, freedoms).map((args) => one("studentCdf", args, studentCdf)),
    ...grid(drawnShares, freedoms).map((args) => one("studentQuantile", args, studentQuantile)),
    ...grid(
      [1e-6, 0.01, 0.1, 0.37, 0.5, 0.75, 0.99, 0.99999],
      [0.05, 0.5, 1, 2.5, 10, 333, 5000],
      [0.05, 0.5, 1, 3.5, 12, 500],
    ).map((args) => one("incompleteBeta", args, (x, a, b) => incompleteBeta(x, 1 - x, a, b))),
  ];
}

/** The gamma family: orders from a half to a million, points in both tails. */
function gammas(): Case[] {
  const orders = [0.5, 1, 1.5, 2, 5.5, 30, 333.3, 1e4, 1e6];
  const places = [-8, -3, -1, -0.01, 0, 0.01, 1, 3, 8, 20];
  const around = grid(orders, places)
    .map(([a = 1, z = 0]): [number, number] => [a, a + z * Math.sqrt(a)])
    .filter(([, x]) => x > 0);
  return [
    ...[1e-8, 0.1, 0.5, 0.9999, 1, 1.0001, 1.5, 2, 2.0001, 3, 11.9, 12.1, 171, 1e5, 1e10].map((x) =>
      one("logGamma", [x], logGamma),
    ),
    ...around.flatMap((args) => [
      one("incompleteGamma", args, incompleteGamma),
      one("incompleteGammaUpper", args, incompleteGammaUpper),
    ]),
    ...grid([1e-6, 0.3, 1, 3.84, 20, 100, 1e4], [1, 2, 3, 9, 9.5, 99, 1e4]).flatMap((args) => [
      one("chiSquareCdf", args, chiSquareCdf),
      one("chiSquareSf", args, chiSquareSf),
    ]),
    ...grid(shares, [1, 2, 3, 9, 9.5, 99, 1e4]).map((args) => one("chiSquareQuantile", args, chiSquareQuantile)),
  ];
}

/** The binomial with no, one, some and all successes, and probabilities at the ends. */
function binomials(): Case[] {
  const places = grid([1, 2, 10, 37, 1000, 1e6], [0, 0.01, 0.3, 0.5, 0.97, 1], [1e-9, 0.001, 0.3, 0.5, 0.9, 0.999999]);
  return [
    ...places.flatMap(([n = 1, share = 0, p = 0.5]) => {
      const args = [Math.round(n * share), n, p];
      return [
        one("binomialPmf", args, binomialPmf),
        one("binomialCdf", args, binomialCdf),
        one("binomialSf", args, binomialSf),
      ];
    }),
    ...grid([1e-6, 0.025, 0.31, 0.5, 0.975, 0.999999], [1, 10, 37, 1000, 1e6], [0.001, 0.31, 0.5, 0.9]).map((args) =>
      one("binomialQuantile", args, binomialQuantile),
    ),
  ];
}

/** Asks Python for every case and returns those that differ by more than 1e-11 of the value and 1e-13 (or `absolute`). */
function differing(asked: Case[], what: string, [relative, absolute] = [1e-11, 1e-13]): string[] {
  const { compare, wrong, count } = closeness();
  const answer = askPython({ calls: asked.map(({ name, args }) => ({ name, args })) });
  asked.forEach(({ name, args, ours }, i) => {
    const theirs = answer.calls[i];
    if (theirs === undefined || Array.isArray(theirs)) throw new Error("Python answered something else");
    compare(`${name}(${args.join(", ")})`, ours, theirs, relative ?? 0, absolute ?? 0);
  });
  console.log(`oracle: ${count()} values of ${what} compared`);
  expect(count()).toBe(asked.length);
  return wrong;
}

describe.runIf(oracleRuns)("the special functions equal scipy's to 1e-11 of the value, or 1e-13", () => {
  it.each([
    ["the normal, Student's t and the beta integral", symmetric],
    ["the gamma family", gammas],
    ["the binomial", binomials],
  ] as const)(
    "%s",
    (what, cases) => {
      expect(differing(cases(), what)).toEqual([]);
    },
    120_000,
  );

  it("the quantile of the beta distribution, which is searched for, to 1e-8", () => {
    const cases = grid(
      [1e-10, 0.0005, 0.025, 0.31, 0.5, 0.7, 0.975, 0.9995],
      [0.5, 1, 2, 10.5, 100, 1e5],
      [0.5, 1, 3, 50, 1e6],
    ).map((args) => one("betaQuantile", args, betaQuantile));
    expect(differing(cases, "the beta quantile", [1e-8, 1e-13])).toEqual([]);
  }, 120_000);
});
