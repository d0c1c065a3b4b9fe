import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gateNumbers } from "./gate-numbers.ts";

/** A printed number read back; `−<0.001` is half of what it is less than. */
function read(text: string): number {
  const number = Number(text.replace(/[^0-9.eE−-]/g, "").replace("−", "-"));
  return text.includes("<") ? number / 2 : number;
}

const value = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((n) => n / 1e6);

describe("what a line prints explains its verdict", () => {
  test.each([
    ["min", 0.9149, 0.915, "0.9149", "≥ 0.9150", "0.0001 below"],
    ["min", 0.914_999_6, 0.915, "0.9149996", "≥ 0.9150000", "0.0000004 below"],
    ["max", 0.050_04, 0.05, "0.05004", "≤ 0.05000", "0.00004 above"],
    ["max", 45.04, 45, "45.04", "≤ 45.00", "0.04 above"],
    ["min", 0.915, 0.915, "0.915", "≥ 0.915", ""],
  ] as const)("%s: %d against %d", (rule, candidate, limit, shown, allowed, beyond) => {
    const numbers = gateNumbers({ rule, candidate, limit });
    expect([numbers.candidate, numbers.allowed, numbers.beyond]).toEqual([shown, allowed, beyond]);
  });

  test.each([
    ["no-regression", "up", "no drop"],
    ["no-regression", "down", "no rise"],
    ["equivalence", "up", "no change"],
  ] as const)("a margin of 0 of %s, %s is said in words", (rule, direction, allowed) => {
    const numbers = gateNumbers({ rule, direction, baseline: 0.9, candidate: 0.9, change: 0, margin: 0 });
    expect(numbers.allowed).toBe(allowed);
  });

  test("a value and its limit are printed in the order in which they stand, and never alike when they differ", () => {
    fc.assert(
      fc.property(fc.constantFrom("min" as const, "max" as const), value, value, (rule, candidate, limit) => {
        const numbers = gateNumbers({ rule, candidate, limit });
        expect(Math.sign(read(numbers.candidate) - read(numbers.allowed))).toBe(Math.sign(candidate - limit));
        const missed = rule === "min" ? candidate < limit : candidate > limit;
        expect(numbers.beyond !== "").toBe(missed);
      }),
      { seed: 6, numRuns: 2000 },
    );
  });

  test("a change is printed on the side of the allowed loss, and of zero, on which it stands, in its own scale", () => {
    const size = fc.integer({ min: 1, max: 500_000 }).map((n) => n / 1e6);
    const scale = fc.constantFrom("absolute" as const, "relative" as const);
    const direction = fc.constantFrom("up" as const, "down" as const);
    fc.assert(
      fc.property(scale, direction, value, size, (of, way, change, margin) => {
        const numbers = gateNumbers({ rule: "no-regression", direction: way, scale: of, change, margin });
        const limit = way === "up" ? -margin : margin;
        expect(Math.sign(read(numbers.change) - read(numbers.allowed))).toBe(Math.sign(change - limit));
        expect(Math.sign(read(numbers.change))).toBe(Math.sign(change));
      }),
      { seed: 6, numRuns: 2000 },
    );
  });

  test("an improvement must be more than what is asked, and any gain is more than 0", () => {
    const one = { rule: "improvement", scale: "absolute", baseline: 0.7, candidate: 0.7, change: 0 } as const;
    expect(gateNumbers({ ...one, direction: "up", margin: 0 }).allowed).toBe("> 0");
    expect(gateNumbers({ ...one, direction: "down", margin: 0.01 }).allowed).toBe("< −0.010");
  });
});
