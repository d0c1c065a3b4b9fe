import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Measured } from "../metrics/measured.ts";
import { independentDifference } from "./independent-difference.ts";

function share(successes: number, n: number): Measured {
  const value = successes / n;
  const outcomes = Int8Array.from({ length: n }, (_, i) => (i < successes ? 1 : 0));
  const influence = Float64Array.from(outcomes, (x) => (x - value) / n);
  return { value, n, influence, kind: "rate", successes, trials: n, outcomes, support: n };
}

function mean(values: number[]): Measured {
  const value = values.reduce((a, b) => a + b, 0) / values.length;
  const influence = Float64Array.from(values, (x) => (x - value) / values.length);
  return { value, n: values.length, influence, kind: "mean", support: values.length };
}

const shares = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(60)).map(([n, k]) => share(Math.min(k, n), n));
const means = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 20 }).map(mean);
const options = { scale: "absolute", level: 0.95 } as const;

describe("two independent values", () => {
  it("give Newcombe's own example (1998): 56 of 70 against 48 of 80 is 0.0524 to 0.3339", () => {
    const found = independentDifference(share(56, 70), share(48, 80), options);
    expect(found).toMatchObject({ interval: { low: expect.closeTo(0.0524, 4), high: expect.closeTo(0.3339, 4) } });
  });

  it("mirror exactly when they change places, with the same p", () => {
    fc.assert(
      fc.property(fc.oneof(shares, means), fc.oneof(shares, means), (a, b) => {
        const one = independentDifference(a, b, options);
        const other = independentDifference(b, a, options);
        if ("undefined" in one || "undefined" in other) throw new Error("undefined");
        expect(one.change + other.change).toBe(0);
        expect(one.interval.low + other.interval.high).toBe(0);
        expect(one.interval.high + other.interval.low).toBe(0);
        expect(one.pGap).toBe(other.pGap);
        expect(one.interval.low).toBeLessThanOrEqual(one.change);
      }),
    );
  });

  it("as a ratio turn over when they change places, and hold the ratio", () => {
    fc.assert(
      fc.property(fc.oneof(shares, means), fc.oneof(shares, means), (a, b) => {
        const one = independentDifference(a, b, { ...options, scale: "ratio" });
        const other = independentDifference(b, a, { ...options, scale: "ratio" });
        if (b.value === 0) {
          expect(one).toEqual({ undefined: "ratio-undefined" });
          return;
        }
        if ("undefined" in one) throw new Error(one.undefined);
        expect(one.interval.low).toBeLessThanOrEqual(one.change * (1 + 1e-12));
        expect(one.interval.high).toBeGreaterThanOrEqual(one.change * (1 - 1e-12));
        if ("undefined" in other || other.interval.high === Number.MAX_VALUE) return;
        expect(one.interval.low * other.interval.high).toBeCloseTo(1, 8);
      }),
    );
  });

  it("that do not vary have a width all the same when they are shares, and no p of certainty", () => {
    const found = independentDifference(share(30, 30), share(30, 30), options);
    expect(found).toMatchObject({ change: 0, pGap: 1, interval: { low: expect.any(Number) } });
    if (!("undefined" in found)) expect(found.interval.low).toBeLessThan(-0.1);
    const perfect: Measured = { value: 1, n: 20, influence: new Float64Array(20), kind: "ratio", support: 20 };
    const lower = { ...perfect, value: 0.9 };
    const apart = independentDifference(perfect, lower, options);
    if ("undefined" in apart) throw new Error(apart.undefined);
    expect(apart.pGap).toBeGreaterThan(0.05);
    expect(apart.interval.low).toBeLessThan(0);
  });

  it("with groups have as many units as groups, and none with fewer than two", () => {
    const groups = { type: "category", codes: Int32Array.of(0, 0, 1, 1), names: ["a", "b"] } as const;
    const found = independentDifference(mean([1, 2, 8, 9]), mean([1, 2, 3, 4]), { ...options, groupsA: groups });
    expect(found).toMatchObject({ df: expect.closeTo(1.03, 1) });
    const one = { type: "category", codes: new Int32Array(4), names: ["a"] } as const;
    const none = independentDifference(mean([1, 2, 8, 9]), mean([1, 2, 3, 4]), { ...options, groupsB: one });
    expect(none).toEqual({ undefined: "too-few-groups" });
  });

  it("of medians come from rows drawn again", () => {
    const median = (values: number[]): Measured => {
      const reweighted = (times: Float64Array) => {
        const taken = values.flatMap((x, i) => Array.from({ length: times[i] ?? 0 }, () => x)).sort((a, b) => a - b);
        return taken[Math.floor(taken.length / 2)];
      };
      const value = reweighted(new Float64Array(values.length).fill(1)) ?? Number.NaN;
      return {
        value,
        n: values.length,
        influence: new Float64Array(0),
        kind: "ratio",
        reweighted,
        support: values.length,
      };
    };
    const one = median(Array.from({ length: 41 }, (_, i) => i));
    const two = median(Array.from({ length: 41 }, (_, i) => i + 100));
    const found = independentDifference(one, two, options);
    if ("undefined" in found) throw new Error(found.undefined);
    expect(found.change).toBe(-100);
    // The sd of the median of 41 evenly spread values over 0 to 40 is about 40 / (2 √43).
    expect(found.stderr).toBeGreaterThan(3);
    expect(found.stderr).toBeLessThan(6);
    expect(found.pGap).toBeLessThan(1e-9);
  });
});
