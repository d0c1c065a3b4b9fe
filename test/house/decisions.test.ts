import type { Metric } from "@metricgate/core/documents/evaluation";
import type { PastRun } from "@metricgate/core/documents/selection";
import { rowsNeeded } from "@metricgate/core/statistics/rows-needed";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { decided, hex, rowsSide, sideOf } from "../../packages/core/src/gates/rules/decision.fixture.ts";
import { blocks } from "./pages.ts";

const page = "docs/decisions.md";

/** A worked example of the page: what is judged, and what must be found by the id of a result. */
interface Example {
  model: object;
  baseline?: Metric[];
  candidate?: Metric[];
  anchor?: Metric[];
  history?: number[];
  /** How many rows of each group have a positive prediction, of how many. */
  groups?: { by: string; selected: Record<string, [number, number]> };
  /** The rows of a metric by class: right in both models, in the candidate alone, in the baseline alone, in neither. */
  rows?: { metric: string; positive: Counts; negative: Counts };
  found: Record<string, Record<string, string | number>>;
}

type Counts = [both: number, candidate: number, baseline: number, neither: number];

function pairedRows({ metric, positive, negative }: NonNullable<Example["rows"]>) {
  const rows = ([1, 0] as const).flatMap((label) =>
    (label === 1 ? positive : negative).flatMap((count, kind) =>
      Array.from({ length: count }, () => ({ label, candidate: kind < 2, baseline: kind % 2 === 0 && kind < 3 })),
    ),
  );
  const side = (id: number, which: "candidate" | "baseline") => {
    const predicted = rows.map((row) => ({
      label: String(row.label),
      prediction: String(row[which] ? row.label : 1 - row.label),
    }));
    return rowsSide(id, predicted, [metric]);
  };
  return { candidate: side(1, "candidate"), baseline: side(2, "baseline") };
}

function groupRows({ by, selected }: NonNullable<Example["groups"]>) {
  const rows = Object.entries(selected).flatMap(([group, [positive, count]]) =>
    Array.from({ length: count }, (_, n) => ({
      label: String(n % 2),
      prediction: n < positive ? "1" : "0",
      slices: { [by]: group },
    })),
  );
  return rowsSide(1, rows, ["selection_rate"]);
}

function verdictOf({ model, baseline, candidate, anchor, history, groups, rows }: Example) {
  if (rows !== undefined) return decided({ ...pairedRows(rows), model });
  const mine = groups === undefined ? sideOf(candidate ?? [], 1) : groupRows(groups);
  const theirs =
    groups === undefined ? sideOf(baseline ?? [], 2) : { ...mine, received: { ...mine.received, digest: hex(2) } };
  const name = candidate?.[0]?.name ?? "";
  const past = history?.map(
    (value, at): PastRun => ({ sha: "a".repeat(40), evaluation: hex(100 + at), values: { [name]: value } }),
  );
  return decided({
    candidate: mine,
    baseline: theirs,
    model,
    ...(anchor && { anchor: sideOf(anchor, 4) }),
    ...(past && { selection: { history: past } }),
  });
}

const examples = blocks(page, "yaml").map(({ text, line }) => [line, parse(text) as Example] as const);

test.each(examples)("the worked example on line %i is what the program finds", (_, example) => {
  const { gates } = verdictOf(example);
  for (const [id, expected] of Object.entries(example.found)) {
    const gate = gates.find((one) => one.id === id);
    const numbers = { ...gate, ...gate?.interval, reason: gate?.reasons[0]?.code } as Record<string, unknown>;
    const shown = Object.fromEntries(
      Object.entries(expected).map(([key, value]) => {
        const found = numbers[key];
        if (typeof value !== "number" || typeof found !== "number") return [key, found];
        // The page rounds: half a unit of its last digit.
        const digits = `${value}`
          .replace(/e.*$/, "")
          .replace(/^-?0*\.?0*/, "")
          .replace(".", "").length;
        return [key, Number(found.toPrecision(digits))];
      }),
    );
    expect(shown, id).toEqual(expected);
  }
});

test("the page has an example of every rule", () => {
  const rules = new Set(
    examples.flatMap(([, { found }]) => Object.keys(found).map((id) => /\/([a-z-]+)/.exec(id)?.[1])),
  );
  expect([...rules].sort()).toEqual([
    "equivalence",
    "fairness",
    "history",
    "improvement",
    "min",
    "near",
    "no-regression",
  ]);
});

test("six percent of rows that differ and a margin of one point need 4,710 rows", () => {
  expect(rowsNeeded(Math.sqrt(0.06), 0.01, 0.95)).toBe(4710);
});
