import type { RowTable } from "../../tables/row-table.ts";
import { rateOf } from "../classification/rates.ts";
import type { Measured, Undefined } from "../measured.ts";
import { quantileOf } from "../quantile-of-values.ts";
import { rowMean } from "../row-mean.ts";
import { parseValueMetric } from "./parse-value.ts";
import { valuesOf } from "./value-columns.ts";

const HOLDS: Readonly<Record<">=" | "<=" | ">" | "<", (value: number, bound: number) => boolean>> = {
  ">=": (value, bound) => value >= bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  "<": (value, bound) => value < bound,
};

/** A metric over a column `value:NAME`, of any task, as `measure` gives it; undefined when the name is of another kind. */
export function measureValue(
  metric: string,
  rows: RowTable,
  at: Int32Array | undefined,
): Measured | Undefined | undefined {
  const wanted = parseValueMetric(metric);
  if (wanted === undefined) return undefined;
  const found = valuesOf(rows, wanted.column, at);
  if ("undefined" in found) return found;
  const { values, weights, plain } = found;
  if (wanted.kind === "mean") return rowMean(values.slice(), weights);
  if (wanted.kind === "quantile") return quantileOf(values, weights, wanted.share);
  const holds = HOLDS[wanted.sign];
  return rateOf(
    Int8Array.from(values, (value) => (holds(value, wanted.bound) ? 1 : 0)),
    weights,
    plain,
    "no-rows",
  );
}
