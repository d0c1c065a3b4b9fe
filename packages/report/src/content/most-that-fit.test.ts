import fc from "fast-check";
import { expect, test } from "vitest";
import { mostThatFit } from "./most-that-fit.ts";

test("is the greatest count that fits, found in few steps and without going far beyond it", () => {
  const size = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(size, size, size, (least, most, room) => {
      let tries = 0;
      const found = mostThatFit(least, most, (entries) => {
        tries += 1;
        expect(entries).toBeLessThanOrEqual(Math.max(1, 2 * Math.max(room, least)));
        return entries <= room;
      });
      expect(found).toBe(Math.max(least, Math.min(most, room)));
      expect(tries).toBeLessThanOrEqual(36);
    }),
  );
});
