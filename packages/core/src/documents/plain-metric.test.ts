import fc from "fast-check";
import { expect, test } from "vitest";
import { metric } from "./evaluation.ts";
import { isPlainMetric } from "./plain-metric.ts";

const odd = fc.constantFrom<unknown>(null, "", "x".repeat(201), -1, -0, 0.5, Number.NaN, 2 ** 60, true, [], {}, [1], {
  a: "b",
});
const fields = {
  name: fc.string({ maxLength: 3 }),
  slice: fc.dictionary(fc.string({ maxLength: 2 }), fc.string({ maxLength: 2 })),
  value: fc.double(),
  undefined: fc.string(),
  direction: fc.constantFrom("up", "down", "near", "left"),
  target: fc.double(),
  unit: fc.string({ maxLength: 14 }),
  n: fc.double(),
  stderr: fc.double(),
  interval: fc.record(
    { low: fc.double(), high: odd, level: fc.double(), method: fc.string(), more: odd },
    { requiredKeys: ["low", "high", "level", "method"] },
  ),
  repeats: fc.array(fc.oneof(fc.double(), odd), { maxLength: 3 }),
  from: fc.record(
    { file: fc.string(), format: fc.string(), line: fc.oneof(fc.nat(), odd), more: odd },
    { requiredKeys: ["file"] },
  ),
  more: odd,
};
const anyMetric = fc.oneof(
  fc.record(fields, { requiredKeys: ["name", "value"] }),
  fc.record(fields, { requiredKeys: [] }),
  fc.record(Object.fromEntries(Object.keys(fields).map((key) => [key, odd])), { requiredKeys: [] }),
  odd,
);

test("what passes the quick check is a metric for the schema too, and the very same one", () => {
  fc.assert(
    fc.property(anyMetric, (value) => {
      if (!isPlainMetric(value)) return;
      const parsed = metric.safeParse(value);
      expect(parsed.error).toBeUndefined();
      expect(parsed.data).toEqual(value);
    }),
    { numRuns: 2000 },
  );
});

test("metrics as files hold them pass it, so that a hundred thousand of them are checked in no time", () => {
  const full = {
    name: "recall",
    slice: { country: "BR" },
    value: 0.5,
    direction: "up",
    target: 1,
    unit: "ms",
    n: 96,
    stderr: 0.05,
    interval: { low: 0.4, high: 0.6, level: 0.95, method: "wilson" },
    repeats: [0.5, 0.6],
    from: { file: "a.json", format: "json", line: 3 },
  };
  for (const value of [full, { name: "a", value: 1 }, { name: "a", undefined: "null" }]) {
    expect(isPlainMetric(value)).toBe(true);
  }
});
