import type { RowsTask } from "../../packages/core/src/documents/evaluation.ts";
import type { Draws } from "../../packages/core/src/statistics/draws/philox.ts";
import type { Column } from "../../packages/core/src/tables/row-table.ts";

/** Whether the candidate is as good as the baseline, or worse by the margin exactly. */
export type Truth = "equal" | "at-margin";

/** The columns of `n` rows drawn from a population: those both sides share, and each side's own. */
export interface DrawnRows {
  shared: Record<string, Column>;
  candidate: Record<string, Column>;
  baseline: Record<string, Column>;
}

/** Two models over an endless supply of rows, with a known true difference of one metric. */
export interface Population {
  /** How settings and the page name it. */
  id: string;
  metric: string;
  task: RowsTask;
  /** The largest loss that the gate accepts, in the metric's unit. */
  margin: number;
  /** What the margin is called in the policy. */
  key: "max-drop" | "max-rise";
  /** Candidate − baseline in the population. */
  change(truth: Truth): number;
  /** What it is made of, for the page. */
  about: string;
  draw(draws: Draws, n: number, truth: Truth): DrawnRows;
}

/** A column of the classes "0" and "1". */
export function binary(codes: Int32Array): Column {
  return { type: "category", codes, names: ["0", "1"] };
}
