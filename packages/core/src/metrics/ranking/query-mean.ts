import { sumOf } from "../../statistics/sum.ts";
import type { Measured, Undefined } from "../measured.ts";
import { rowMean } from "../row-mean.ts";
import type { Queries } from "./queries.ts";

/** The value of one query, whose places in `ranked` and `ideal` are `start` to `end − 1`. */
export type QueryValue = (queries: Queries, start: number, end: number) => number;

/**
 * The weighted mean of a value of each query; n is the number of queries. A query's influence stands on its first row,
 * as its rows are one independent unit. `share` when the values are 0 or 1.
 */
export function queryMean(queries: Queries, of: QueryValue, share = false): Measured | Undefined {
  const { count, documents, starts, ranked, weights } = queries;
  const values = new Float64Array(count);
  for (let q = 0; q < count; q++) values[q] = of(queries, starts[q] ?? 0, starts[q + 1] ?? 0);
  const mean = rowMean(values, weights);
  if ("undefined" in mean) return mean;
  const influence = new Float64Array(documents);
  for (let q = 0; q < count; q++) {
    let first = documents;
    for (let place = starts[q] ?? 0; place < (starts[q + 1] ?? 0); place++)
      first = Math.min(first, ranked[place] ?? documents);
    influence[first] = mean.influence[q] ?? 0;
  }
  if (!share) return { ...mean, influence };
  const trials = sumOf(count, (q) => weights[q] ?? 0);
  return { ...mean, influence, kind: "rate", trials, successes: mean.value * trials };
}
