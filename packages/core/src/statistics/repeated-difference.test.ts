import { describe, expect, it } from "vitest";
import type { Measured } from "../metrics/measured.ts";
import { philoxDraws } from "./draws/philox.ts";
import { normalQuantile } from "./normal.ts";
import { repeatedDifference } from "./repeated-difference.ts";

function mean(values: number[]): Measured {
  const value = values.reduce((a, b) => a + b, 0) / values.length;
  const influence = Float64Array.from(values, (x) => (x - value) / values.length);
  return { value, n: values.length, influence, kind: "mean", support: values.length };
}

const bare = (value: number): Measured => ({ value, n: 0, influence: new Float64Array(0), kind: "mean", support: 0 });
const options = { scale: "absolute", level: 0.95, direction: "up" } as const;

describe("several training runs", () => {
  it("of one run each measure no training noise, which a given sd adds twice", () => {
    const one = repeatedDifference([mean([1, 2, 4])], [mean([1, 1, 2])], options);
    expect(one).toMatchObject({ trainingNoise: "not-measured", repeats: { candidate: 1, baseline: 1 } });
    const given = repeatedDifference([mean([1, 2, 4])], [mean([1, 1, 2])], { ...options, trainingSd: 0.3 });
    if ("undefined" in one || "undefined" in given) throw new Error("undefined");
    expect(given.trainingNoise).toBe("given");
    expect((given.stderr ?? 0) ** 2).toBeCloseTo((one.stderr ?? 0) ** 2 + 2 * 0.3 ** 2, 12);
  });

  it("without rows have the spread between runs alone, and with rows more", () => {
    const found = repeatedDifference([bare(1), bare(2), bare(3)], [bare(0), bare(1)], options);
    if ("undefined" in found) throw new Error(found.undefined);
    expect(found.stderr).toBeCloseTo(Math.sqrt(1 / 3 + 0.5 / 2), 12);
    expect(found.trainingNoise).toBe("measured");
    expect(found).not.toHaveProperty("rowSd");
  });

  it("swapped negate the change, mirror the interval and turn p over", () => {
    const [a, b] = [
      [mean([1, 2, 4]), mean([2, 3, 7])],
      [mean([0, 2, 5]), mean([1, 1, 4]), mean([3, 2, 1])],
    ];
    const one = repeatedDifference(a ?? [], b ?? [], options);
    const other = repeatedDifference(b ?? [], a ?? [], options);
    if ("undefined" in one || "undefined" in other) throw new Error("undefined");
    expect(one.change + other.change).toBe(0);
    expect((one.interval?.low ?? 0) + (other.interval?.high ?? 1)).toBeCloseTo(0, 14);
    expect((one.pLoss ?? 0) + (other.pLoss ?? 0)).toBeCloseTo(1, 12);
  });

  it("of other rows do not pair, of no runs are missing, and of a baseline of nothing have no ratio", () => {
    expect(repeatedDifference([mean([1, 2])], [mean([1, 2, 3])], options)).toEqual({ undefined: "unpaired" });
    expect(repeatedDifference([], [mean([1, 2])], options)).toEqual({ undefined: "metric-missing" });
    expect(repeatedDifference([bare(1)], [bare(0)], { ...options, scale: "relative" })).toEqual({
      undefined: "relative-undefined",
    });
    expect(repeatedDifference([bare(Number.NaN)], [bare(0)], options)).toEqual({ undefined: "not-finite" });
  });

  it("say how often a run of the candidate is better, from five runs of either", () => {
    const runs = (values: number[]) => values.map(bare);
    const four = repeatedDifference(runs([1, 2, 3, 4]), runs([1, 2, 3, 4, 5]), options);
    expect(four).not.toHaveProperty("pSuperior");
    const [low, high] = [runs([1, 2, 3, 4, 5]), runs([6, 7, 8, 9, 10])];
    expect(repeatedDifference(high, low, options)).toMatchObject({ pSuperior: { probability: 1 } });
    const down = repeatedDifference(high, low, { ...options, direction: "down" });
    expect(down).toMatchObject({ pSuperior: { probability: 0, interval: { low: 0 } } });
    if (!("undefined" in down)) expect(down.pSuperior?.interval.high).toBeLessThan(0.5);
  });

  it("that differ in nothing have the width of shares that differ nowhere", () => {
    const outcomes = Int8Array.from({ length: 50 }, () => 1);
    const perfect: Measured = { value: 1, n: 50, influence: new Float64Array(50), kind: "rate", outcomes, support: 50 };
    const found = repeatedDifference([perfect, perfect], [perfect, perfect], { ...options, metric: "accuracy" });
    if ("undefined" in found) throw new Error(found.undefined);
    expect(found.interval?.low).toBeLessThan(-0.05);
  });

  it("cover the true change where the rows alone would not", () => {
    const draws = philoxDraws(11, 9);
    const normal = () => normalQuantile(draws.next());
    const trials = 400;
    let [covered, byRows] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      draws.restart(trial);
      const rows = Array.from({ length: 40 }, normal);
      const run = () => {
        const seed = 0.3 * normal();
        return mean(rows.map((x) => x + seed + 0.5 * normal()));
      };
      const side = () => Array.from({ length: 4 }, run);
      const [c, b] = [side(), side()];
      const holds = (found: ReturnType<typeof repeatedDifference>) =>
        !("undefined" in found) && (found.interval?.low ?? 1) <= 0 && (found.interval?.high ?? -1) >= 0;
      if (holds(repeatedDifference(c, b, options))) covered++;
      if (holds(repeatedDifference(c.slice(0, 1), b.slice(0, 1), options))) byRows++;
    }
    expect(covered / trials).toBeGreaterThan(0.93);
    expect(byRows / trials).toBeLessThan(0.7);
  });
});
