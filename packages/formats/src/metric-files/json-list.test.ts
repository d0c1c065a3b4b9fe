import { UserError } from "@metricgate/core/errors/user-error";
import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonTree } from "../json/json-tree.ts";
import { jsonList } from "./json-list.ts";
import { listedMetrics, metricList } from "./listed-metrics.ts";
import { refusals } from "./refuse.ts";

function orProblems(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

const metric = fc.oneof(
  { weight: 5, arbitrary: fc.record({ name: fc.string({ maxLength: 2 }), value: fc.constantFrom(1, 0.5, null) }) },
  fc.record({
    name: fc.constant("a"),
    value: fc.constant(1),
    slice: fc.constantFrom({ name: "b", value: 2 }, { c: {} }),
  }),
  fc.record({ name: fc.constant("a"), value: fc.constantFrom<unknown>("1", true, []), n: fc.constantFrom(-1, 1) }),
  fc.constantFrom<unknown>(null, 3, "a", [], {}, [{ name: "a", value: 1 }], { name: 3, value: 1 }),
);
const list = fc.array(metric, { maxLength: 4 });
const file = fc.oneof(
  list,
  fc.record(
    { metrics: list, other: fc.oneof(list, fc.constant({ a: { name: "a", value: 1 } })) },
    { requiredKeys: [] },
  ),
  fc.record({ other: list, metrics: fc.constantFrom<unknown>({ a: { name: "a", value: 1 } }, 1) }),
);

test("a list read on the way is what its tree reads as, or refused for the same reason and at the same place", () => {
  fc.assert(
    fc.property(file, fc.constantFrom("", "\n ", "]", ' "'), (value, end) => {
      const text = ` ${JSON.stringify(value, undefined, 1)}${end}`;
      const whole = () => listedMetrics(metricList(jsonTree(text, "m.json")) ?? [], refusals(text, "m.json"));
      expect(orProblems(() => jsonList(text, "m.json"))).toEqual(orProblems(whole));
    }),
    { numRuns: 1000 },
  );
});
