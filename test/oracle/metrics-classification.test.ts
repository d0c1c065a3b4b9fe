import { measure } from "@metricgate/core/metrics/influence";
import { computableMetrics, isComputable } from "@metricgate/core/metrics/known";
import { describe, expect, it } from "vitest";
import { askScript, oracleRuns } from "./ask-python.ts";
import {
  binaryTable,
  type ClassificationTable,
  classificationRows,
  multilabelTable,
  severalTable,
} from "./classification-tables.ts";
import { closeness } from "./closeness.ts";
import { cells } from "./drawn-cells.ts";

/** Every metric that Python answered for every table; the names that had a value, and those that were undefined, at least once. */
function compareAll(tables: ClassificationTable[]) {
  const { compare, wrong, count } = closeness();
  const answers = askScript<Record<string, number | null>[]>("classification-oracle.py", { tables });
  const names = new Set<string>();
  let undefinedBoth = 0;
  tables.forEach((table, i) => {
    const { rows, task } = classificationRows(table);
    const shared = table.classes === undefined ? {} : { classes: table.classes };
    for (const [name, theirs] of Object.entries(answers[i] ?? {})) {
      const ours = measure(name, rows, task, undefined, shared);
      const what = `table ${i + 1} ${name}`;
      if ("undefined" in ours) {
        if (theirs === null) undefinedBoth++;
        else wrong.push(`${what}: undefined (${ours.undefined}), but ${theirs} by Python`);
      } else if (theirs === null) {
        wrong.push(`${what}: ${ours.value}, but undefined by Python`);
      } else {
        names.add(name);
        compare(what, ours.value, theirs, 1e-11, 1e-13);
      }
    }
  });
  console.log(
    `oracle: ${count()} values of ${names.size} metrics equal over ${tables.length} tables, ${undefinedBoth} undefined on both sides`,
  );
  return { names, wrong, count: count(), undefinedBoth };
}

const found = new Set<string>();

describe.runIf(oracleRuns)("a metric of a classification equals scikit-learn's, or is undefined where that is", () => {
  it.each([
    ["two classes", binaryTable, 120, 93],
    ["several classes", severalTable, 120, 45],
    ["rows of several classes", multilabelTable, 90, 33],
  ] as const)(
    "%s",
    (_, table, tables, metrics) => {
      const { names, wrong, count, undefinedBoth } = compareAll(cells(tables, (i) => table(i + 1)));
      for (const name of names) found.add(name);
      expect(wrong.slice(0, 20)).toEqual([]);
      expect(names.size).toBeGreaterThanOrEqual(metrics);
      expect([...names].filter((name) => !isComputable(name))).toEqual([]);
      expect(count).toBeGreaterThan((tables * metrics) / 2);
      expect(undefinedBoth).toBeGreaterThan(tables / 4);
    },
    300_000,
  );

  it("and no metric that is listed is left out", () => {
    const listed = computableMetrics().filter(({ task }) => task === "classification");
    const compared = (name: string) =>
      found.has(name) || [...found].some((one) => one.startsWith(name.replace(/=.*/, "=")));
    expect(listed.map(({ name }) => name).filter((name) => !compared(name))).toEqual([]);
  });
});
