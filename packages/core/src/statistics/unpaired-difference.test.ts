import { describe, expect, it } from "vitest";
import type { DifferenceOptions } from "./difference.ts";
import { unpairedDifference } from "./unpaired-difference.ts";

const absolute: DifferenceOptions = { scale: "absolute", level: 0.95, direction: "up" };

describe("an unpaired difference", () => {
  it("adds the variances of the stderrs", () => {
    const found = unpairedDifference({ name: "x", value: 5, stderr: 3 }, { name: "x", value: 4, stderr: 4 }, absolute);
    expect(found).toMatchObject({ change: 1, stderr: 5, method: "unpaired-stderr" });
    expect("undefined" in found ? undefined : found.interval?.low).toBeCloseTo(1 - 5 * 1.959963984540054, 10);
  });

  it("takes a stderr before an interval, and an interval before repeats", () => {
    const interval = { low: 0, high: 2 * 1.959963984540054, level: 0.95, method: "given" };
    const both = { name: "x", value: 1, interval, repeats: [0, 100] };
    expect(unpairedDifference(both, both, absolute)).toMatchObject({
      method: "unpaired-interval",
      stderr: expect.closeTo(Math.SQRT2, 10),
    });
    const all = { ...both, stderr: 3 };
    expect(unpairedDifference(all, { ...all, stderr: 4 }, absolute)).toMatchObject({
      method: "unpaired-stderr",
      stderr: 5,
    });
  });

  it("is a bare point, which names the side, when one side says nothing of its error", () => {
    const one = { name: "x", value: 5, stderr: 3 };
    expect(unpairedDifference(one, { name: "x", value: 4, repeats: [4] }, absolute)).toEqual({
      change: 1,
      scale: "absolute",
      method: "point",
      bare: "baseline",
    });
  });

  it("is undefined where a side has no value or the baseline is no base for a ratio", () => {
    const one = { name: "x", value: 5 };
    expect(unpairedDifference(one, { name: "x", undefined: "one-class" }, absolute)).toEqual({
      undefined: "one-class",
    });
    for (const value of [0, -2]) {
      const found = unpairedDifference(one, { name: "x", value }, { ...absolute, scale: "relative" });
      expect(found).toEqual({ undefined: "relative-undefined" });
    }
  });

  it("says what the sd of a row is, so that the rows that would settle it can be told, when both sides say how many they have", () => {
    const [a, b] = [
      { name: "x", value: 0.9, stderr: 0.03, n: 100 },
      { name: "x", value: 0.8, stderr: 0.04, n: 100 },
    ];
    const found = unpairedDifference(a, b, absolute);
    expect(found).toMatchObject({ n: 100, rowSd: expect.closeTo(0.5, 12) });
    expect(unpairedDifference(a, { ...b, n: 400 }, absolute)).toMatchObject({
      n: 100,
      rowSd: expect.closeTo(Math.sqrt(0.09 + 0.64), 12),
    });
    expect(unpairedDifference(a, { name: "x", value: 0.8, stderr: 0.04 }, absolute)).not.toHaveProperty("rowSd");
  });
});
