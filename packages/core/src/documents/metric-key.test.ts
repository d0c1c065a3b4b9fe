import fc from "fast-check";
import { expect, test } from "vitest";
import { metricKey } from "./metric-key.ts";

const slice = fc.option(fc.dictionary(fc.constantFrom("a", "b", "[", '"'), fc.constantFrom("", "1", '"', "]")), {
  nil: undefined,
});
const entries = (of: Record<string, string> | undefined) => JSON.stringify(Object.entries(of ?? {}).sort());

test("metrics have the same key only when name and slice are the same", () => {
  const name = fc.oneof(fc.constantFrom('["a"]', '["[",["a","1"]]', "a", "["), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(name, slice, name, slice, (a, of, b, other) => {
      expect(metricKey(a, of) === metricKey(b, other)).toBe(a === b && entries(of) === entries(other));
    }),
  );
});

test("the order of a slice's columns does not count", () => {
  expect(metricKey("recall", { a: "1", b: "2" })).toBe(metricKey("recall", { b: "2", a: "1" }));
});
