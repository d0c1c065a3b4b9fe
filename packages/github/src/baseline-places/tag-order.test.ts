import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byVersion } from "./tag-order.ts";

describe("tags by version", () => {
  it.each([
    ["v1.9", "v1.10"],
    ["v9", "v10"],
    ["v1", "v1.0.1"],
    ["v2.0-rc1", "v2.0"],
    ["v2.0-rc9", "v2.0-rc10"],
    ["v2.0", "v2.0.1"],
    ["v2.0-rc1", "v2.0.1"],
    ["model-2026-9-30", "model-2026-11-01"],
    ["2026-11-01", "2026-11-01-2"],
    ["v99999999999999999998", "v99999999999999999999"],
  ])("%s comes before %s", (older, newer) => {
    expect(byVersion(older, newer)).toBeLessThan(0);
    expect(byVersion(newer, older)).toBeGreaterThan(0);
  });

  it("are in one order, whatever they are called", () => {
    const tag = fc.string({
      unit: fc.constantFrom("v", "1", "0", "9", ".", "-", "r", "c"),
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(tag, tag, tag, (a, b, c) => {
        expect(Math.sign(byVersion(a, b)) + Math.sign(byVersion(b, a))).toBe(0);
        expect(byVersion(a, b) === 0).toBe(a === b);
        if (byVersion(a, b) < 0 && byVersion(b, c) < 0) expect(byVersion(a, c)).toBeLessThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});
