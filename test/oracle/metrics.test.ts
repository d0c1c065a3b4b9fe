import { measure } from "@metricgate/core/metrics/influence";
import { isComputable } from "@metricgate/core/metrics/known";
import { describe, expect, it } from "vitest";
import { askPython, type OracleTable, oracleRuns } from "./ask-python.ts";
import { closeness } from "./closeness.ts";
import { binaryTable, regressionTable, rowTableOf, severalTable } from "./tables.ts";

const seeds = Array.from({ length: 120 }, (_, i) => i + 1);

/** Compares every metric that Python answered for every table; returns the metrics' names with a value at least once. */
function compareAll(tables: OracleTable[]): { names: Set<string>; wrong: string[]; count: number } {
  const { compare, wrong, count } = closeness();
  const answer = askPython({ tables });
  const names = new Set<string>();
  tables.forEach((table, i) => {
    const { rows, task } = rowTableOf(table);
    for (const [name, theirs] of Object.entries(answer.tables[i] ?? {})) {
      const ours = measure(name, rows, task);
      const what = `table ${i + 1} ${name}`;
      if ("undefined" in ours) {
        if (theirs !== null) wrong.push(`${what}: undefined (${ours.undefined}), but ${theirs} by Python`);
      } else if (theirs === null) {
        wrong.push(`${what}: ${ours.value}, but undefined by Python`);
      } else {
        names.add(name);
        compare(what, ours.value, theirs, 1e-11, 1e-13);
      }
    }
  });
  console.log(`oracle: ${count()} values of ${names.size} metrics compared over ${tables.length} tables`);
  return { names, wrong, count: count() };
}

describe.runIf(oracleRuns)("a metric computed from rows equals scikit-learn's, or is undefined where that is", () => {
  it.each([
    ["binary", binaryTable, 22],
    ["several classes", severalTable, 11],
    ["regression", regressionTable, 5],
  ] as const)(
    "%s",
    (_, table, metrics) => {
      const { names, wrong, count } = compareAll(seeds.map(table));
      expect(wrong.slice(0, 20)).toEqual([]);
      expect(names.size).toBeGreaterThanOrEqual(metrics);
      expect([...names].filter((name) => !isComputable(name))).toEqual([]);
      expect(count).toBeGreaterThan(60 * metrics);
    },
    120_000,
  );
});
