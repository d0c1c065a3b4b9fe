import type { Curve } from "@metricgate/core/documents/evaluation";
import type { PastRun } from "@metricgate/core/documents/selection";
import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import { digestOfDigit } from "./made.ts";

const count = 48_210;
const positives = 1204;
const brazil = 96;

/** A number in [0, 1) that looks random and is the same for the same place and purpose. */
function mixed(place: number, purpose: number): number {
  let x = Math.imul(place + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
}

/** Frauds that the baseline catches: 68 of 96 in Brazil, 812 of the other 1,108. */
const caughtBefore = (i: number): boolean => (i < brazil ? i < 68 : i < brazil + 812);

/** The candidate loses 15 in Brazil and 32 elsewhere, and wins 3 and 12: 848 are caught. */
function caughtNow(i: number): boolean {
  if (i < brazil) return caughtBefore(i) ? i >= 15 : i < 71;
  return caughtBefore(i) ? i >= brazil + 32 : i < brazil + 812 + 12;
}

function category(cellAt: (row: number) => string, names: readonly string[]): Column {
  const place = new Map(names.map((name, at) => [name, at]));
  return {
    type: "category",
    codes: Int32Array.from({ length: count }, (_, row) => place.get(cellAt(row)) ?? 0),
    names,
  };
}

/** The rows of one side: the first 1,204 are frauds, and 470 of the others are taken for one. */
function table(caught: (i: number) => boolean, side: number): RowTable {
  const alarmed = (row: number): boolean => (row < positives ? caught(row) : row < positives + 470);
  const score = (row: number): number => {
    const noise = mixed(row, side) * 0.1 + mixed(row, 7) * 0.39;
    return Math.round((alarmed(row) ? 0.5 + noise : noise) * 1e4) / 1e4;
  };
  return {
    count,
    ids: textCells(Array.from({ length: count }, (_, row) => `t${String(row).padStart(5, "0")}`)),
    columns: new Map<string, Column>([
      ["label", category((row) => (row < positives ? "fraud" : "legit"), ["fraud", "legit"])],
      ["prediction", category((row) => (alarmed(row) ? "fraud" : "legit"), ["fraud", "legit"])],
      ["score", { type: "number", values: Float64Array.from({ length: count }, (_, row) => score(row)) }],
      [
        "slice:country",
        category(
          (row) => (row < brazil || mixed(row, 3) < 0.05 ? "BR" : row % 3 === 0 ? "DE" : "US"),
          ["BR", "DE", "US"],
        ),
      ],
    ]),
  };
}

export const fraudRows = { baselineRows: table(caughtBefore, 1), candidateRows: table(caughtNow, 2) };

/** What the rows are, as an evaluation says it. */
export const fraudRowsOf = {
  file: "rows.csv",
  digest: digestOfDigit("f"),
  count,
  task: {
    task: "classification" as const,
    positive: "fraud",
    classes: ["fraud", "legit"],
    compute: ["recall@fpr=0.01"],
    slices: ["country"],
  },
};

/** Eleven accepted runs of main: the fifth used a waiver, which the seventh did not need, and the policy changed with the ninth. */
export const fraudHistory: PastRun[] = [0.712, 0.713, 0.716, 0.717, 0.721, 0.722, 0.726, 0.727, 0.73, 0.732, 0.731].map(
  (recall, at) => ({
    sha: `${(at * 7 + 3).toString(16).padStart(4, "b")}${"0".repeat(36)}`,
    evaluation: digestOfDigit("b"),
    values: { "recall@fpr=0.01": recall, latency_p95: 40 - at / 5 },
    ...(at === 4 ? { waived: ["recall@fpr=0.01"], waiversUsed: ["recall@fpr=0.01"] } : {}),
    ...(at === 6 ? { waived: ["recall@fpr=0.01"], waiversUsed: [] } : {}),
    ...(at === 8 ? { policyChanged: true as const } : {}),
  }),
);

/** A training curve of 40 epochs that ends near `end`. */
export function lossCurve(name: string, end: number): Curve {
  const points = Array.from({ length: 40 }, (_, epoch): [number, number] => [
    epoch,
    Math.round((end + 0.6 * Math.exp(-epoch / 8)) * 1e4) / 1e4,
  ]);
  return { name, x: "epoch", points };
}
