import type { RowTable } from "../../tables/row-table.ts";
import { rateOf } from "../classification/rates.ts";
import type { Measured, Undefined } from "../measured.ts";
import { rowMean } from "../row-mean.ts";
import { valuesOf } from "../values/value-columns.ts";
import { meanPassAtK, parsePassAtK } from "./pass-at-k.ts";

/** The metrics that are means of a column of their own, and which of its values make sense. */
const COLUMNS: ReadonlyMap<string, { column: string; allows: (value: number) => boolean }> = new Map([
  ["exact_match", { column: "exact_match", allows: (value) => value === 0 || value === 1 }],
  ["token_f1", { column: "token_f1", allows: (value) => value >= 0 && value <= 1 }],
  ["win_rate", { column: "win", allows: (value) => value === 0 || value === 0.5 || value === 1 }],
]);

/** One metric of texts, as `measure` gives it; texts themselves are turned into columns `value:NAME` when a table is read. */
export function measureText(metric: string, rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const k = parsePassAtK(metric);
  if (k !== undefined) return meanPassAtK(k, rows, at);
  const own = COLUMNS.get(metric);
  if (own === undefined) return { undefined: "metric-unknown" };
  const found = valuesOf(rows, own.column, at);
  if ("undefined" in found) return found;
  const { values, weights, plain } = found;
  if (!values.every(own.allows)) return { undefined: "value-out-of-range" };
  return metric === "exact_match"
    ? rateOf(Int8Array.from(values), weights, plain, "no-rows")
    : rowMean(values.slice(), weights);
}
