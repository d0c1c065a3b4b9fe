import { expect, it } from "vitest";
import { rowsNeeded } from "./rows-needed.ts";

it("asks for 4,710 rows to settle a point at 6 % disagreement, as the reference's example", () => {
  expect(rowsNeeded(Math.sqrt(0.06), 0.01, 0.95)).toBe(4710);
});

it("asks for at least one row, for more with more power, and refuses a margin of nothing", () => {
  expect(rowsNeeded(0, 0.01, 0.95)).toBe(1);
  expect(rowsNeeded(0.2, 0.01, 0.95, 0.9)).toBeGreaterThan(rowsNeeded(0.2, 0.01, 0.95, 0.8));
  expect(() => rowsNeeded(0.2, 0, 0.95)).toThrow(RangeError);
});
