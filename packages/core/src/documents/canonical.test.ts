import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, type Json } from "./canonical.ts";

/** RFC 8785 member by member, without any short cut. */
function plainly(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(plainly).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .flatMap((key) => (value[key] === undefined ? [] : [`${JSON.stringify(key)}:${plainly(value[key])}`]));
  return `{${members.join(",")}}`;
}

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

describe("canonical JSON", () => {
  test("is what RFC 8785 says, whatever the order of the keys", () => {
    fc.assert(fc.property(json, (value) => canonical(value) === plainly(value)));
  });

  test("sorts the keys of objects that have as many keys, and other ones", () => {
    const list = [
      { b: 1, a: { z: 1, y: 2 } },
      { c: 1, a: 2 },
      { b: 3, a: undefined },
      { 10: 1, 2: 1 },
      { "\ue000": 1, "😀": 2 },
    ];
    expect(canonical(list)).toBe(
      '[{"a":{"y":2,"z":1},"b":1},{"a":2,"c":1},{"b":3},{"10":1,"2":1},{"😀":2,"\ue000":1}]',
    );
  });

  test("writes minus zero as zero, and refuses what JSON cannot say wherever it stands", () => {
    expect(canonical([-0, { a: -0 }])).toBe('[0,{"a":0}]');
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800"]) {
      for (const value of [bad, [bad], { a: bad }, { b: 1, a: [bad] }]) {
        expect(() => canonical(value)).toThrow(RangeError);
      }
    }
    expect(() => canonical({ "\ud800": 1 })).toThrow(RangeError);
  });
});
