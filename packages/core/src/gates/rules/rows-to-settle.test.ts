import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RowsTask } from "../../documents/evaluation.ts";
import { type Difference, pairedDifference } from "../../statistics/difference.ts";
import { normalQuantile } from "../../statistics/normal.ts";
import { rowsNeeded } from "../../statistics/rows-needed.ts";
import type { Column, RowTable } from "../../tables/row-table.ts";
import { textCells } from "../../tables/text-cells.ts";
import { judgeChange } from "../judge-change.ts";
import type { ChangeQuestion } from "../questions.ts";

const z = normalQuantile(0.975);
const absolute = (value: number) => ({ value, scale: "absolute" }) as const;
const noRegression = (d: number): ChangeQuestion => ({
  rule: "no-regression",
  margin: absolute(d),
  direction: "up",
});

function change(value: number, stderr: number, n: number, more: Partial<Difference> = {}): Difference {
  const interval = { low: value - z * stderr, high: value + z * stderr, level: 0.95, method: "m" };
  return { change: value, scale: "absolute", stderr, interval, method: "m", n, rowSd: stderr * Math.sqrt(n), ...more };
}

const judged = (question: ChangeQuestion, difference: Difference) =>
  judgeChange(question, { name: "accuracy", candidate: 0.9, baseline: 0.9, difference }, 0.95);

describe("the rows that would settle an open question", () => {
  test("an observed loss inside of the margin asks for more rows than an equal candidate does, and more than there are", () => {
    const sd = 0.012 * Math.sqrt(2000);
    const found = judged(noRegression(0.04), change(-0.024, 0.012, 2000));
    expect(found).toMatchObject({ outcome: "inconclusive", rowsNeeded: rowsNeeded(sd, 0.016, 0.95) });
    expect(rowsNeeded(sd, 0.04, 0.95)).toBeLessThan(2000);
    expect(found.reasons[0]?.text).toContain("if what was observed is the truth");
  });

  test("nothing observed asks for what an equal candidate needs", () => {
    const found = judged(noRegression(0.02), change(0, 0.012, 2000));
    expect(found.rowsNeeded).toBe(rowsNeeded(0.012 * Math.sqrt(2000), 0.02, 0.95));
    expect(found.reasons[0]?.text).toContain("if the true change is 0");
  });

  test("are never as few as there are, whatever was observed", () => {
    const rules = fc.constantFrom<"no-regression" | "improvement" | "equivalence">(
      "no-regression",
      "improvement",
      "equivalence",
    );
    fc.assert(
      fc.property(
        rules,
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
        fc.integer({ min: 2, max: 100_000 }),
        fc.option(fc.integer({ min: 2, max: 1000 }), { nil: undefined }),
        (rule, margin, observed, stderr, n, groups) => {
          const counted = groups === undefined ? {} : { counted: { of: "groups", n: groups } as const };
          const found = judged({ ...noRegression(margin), rule }, change(observed, stderr, n, counted));
          if (found.outcome !== "inconclusive" || found.rowsNeeded === undefined) return;
          expect(found.rowsNeeded).toBeGreaterThan(groups ?? n);
          expect(found.rowsNeeded).toBeLessThanOrEqual(1e9);
        },
      ),
    );
  });

  test("noise between runs that alone breaks the margin is no matter of rows", () => {
    const found = judged(noRegression(0.01), change(0, 0.02, 2000, { runVariance: 0.019 ** 2 }));
    expect(found.rowsNeeded).toBeUndefined();
    expect(found.reasons[0]).toMatchObject({
      text: expect.stringContaining("More rows alone cannot settle it"),
      next: "Measure more training runs (`repeats`), or accept a wider margin.",
    });
    // Of 0.012² + 0.001² the rows make the first part; the second stays.
    const part = judged(
      noRegression(0.04),
      change(-0.024, Math.hypot(0.012, 0.001), 2000, { runVariance: 0.001 ** 2 }),
    );
    const allowed = (0.016 / (z + normalQuantile(0.8))) ** 2 - 0.001 ** 2;
    expect(part.rowsNeeded).toBe(Math.ceil((0.012 ** 2 * 2000) / allowed - 1e-6));
  });

  test("a number beyond all measure is not said", () => {
    const found = judged(noRegression(1e-7), change(0, 0.02, 2000));
    expect(found.rowsNeeded).toBeUndefined();
    expect(found.reasons[0]).toMatchObject({
      text: expect.stringContaining("It would take more rows than can be had."),
      next: "Accept a wider margin.",
    });
  });

  test("groups are what is counted, and what is said", () => {
    const found = judged(noRegression(0.02), change(0, 0.012, 2000, { counted: { of: "groups", n: 50 } }));
    expect(found).toMatchObject({
      counted: { of: "groups", n: 50 },
      rowsNeeded: rowsNeeded(0.012 * Math.sqrt(50), 0.02, 0.95),
    });
    expect(found.reasons[0]?.next).toMatch(/^Measure on about \d+ groups, or/);
  });
});

describe("rankings", () => {
  const task: RowsTask = { task: "ranking", compute: ["ndcg@10"], slices: [] };
  const rows = (queries: number, shift: number): RowTable => {
    const documents = 3;
    const count = queries * documents;
    const at = Array.from({ length: count }, (_, i) => i);
    const names = Array.from({ length: queries }, (_, q) => `q${String(q).padStart(4, "0")}`);
    const columns = new Map<string, Column>([
      ["query", { type: "category", codes: Int32Array.from(at, (i) => Math.floor(i / documents)), names }],
      ["label", { type: "number", values: Float64Array.from(at, (i) => (i % documents === 0 ? 1 : 0)) }],
      ["score", { type: "number", values: Float64Array.from(at, (i) => (i * 7 + shift * (i % 5)) % 11) }],
    ]);
    return { count, ids: textCells(at.map((i) => String(i).padStart(6, "0"))), columns };
  };
  const found = (queries: number) => {
    const options = { scale: "absolute", level: 0.95, direction: "up" } as const;
    const { difference } = pairedDifference("ndcg@10", rows(queries, 0), rows(queries, 3), task, options);
    if ("undefined" in difference) throw new Error(difference.undefined);
    return difference;
  };

  test("40 queries are not few, 20 are, and queries are counted", () => {
    expect([found(40).lowN, found(40).counted]).toEqual([undefined, { of: "queries", n: 40 }]);
    expect([found(20).lowN, found(20).counted]).toEqual([true, { of: "queries", n: 20 }]);
    const reasons = judged(noRegression(0.01), found(20)).reasons;
    expect(reasons.find(({ code }) => code === "low-n")).toMatchObject({
      text: "accuracy rests on 20 queries, fewer than 30: its interval may be too narrow.",
      next: "Measure on more queries.",
    });
  });
});
