import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainValue } from "../tree/plain-value.ts";
import { jsonStart } from "./json-start.ts";

describe("the start of a JSON text", () => {
  it("cut anywhere, holds no member that the whole does not hold, and at most its last one is incomplete", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        const start = jsonStart(text.slice(0, 1 + (cut % text.length)));
        if (start?.kind !== "mapping") throw new Error(`nothing of ${text}`);
        const keys = start.members.map(({ key }) => key);
        expect(Object.keys(JSON.parse(text)).slice(0, keys.length)).toEqual(keys);
        for (const { key, value: part } of start.members.slice(0, -1)) {
          expect(JSON.stringify(plainValue(part))).toBe(JSON.stringify(JSON.parse(text)[key]));
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(["", "x", "1", "{]", "[".repeat(100_000), '{"a":1,"a":2}'])("of %j there is none", (text) => {
    expect(jsonStart(text)).toBeUndefined();
  });
});
