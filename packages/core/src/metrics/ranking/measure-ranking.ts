import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { remembered } from "../remembered.ts";
import { atRank } from "./at-rank.ts";
import { ndcg } from "./dcg.ts";
import { parseRanking } from "./parse-ranking.ts";
import { type Queries, queriesOf } from "./queries.ts";
import { queryMean } from "./query-mean.ts";

/** The queries of a table are sorted once for all its metrics. */
const keptQueries = remembered<Queries | Undefined>();

/** One metric of a ranking, as `measure` gives it: the mean over queries. */
export function measureRanking(metric: string, rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const wanted = parseRanking(metric);
  if (wanted === undefined) return { undefined: "metric-unknown" };
  const queries = keptQueries(rows, at, "queries", () => queriesOf(rows, at));
  if ("undefined" in queries) return queries;
  const { metric: name, k } = wanted;
  if (name === "ndcg" || name === "ndcg_exp") return queryMean(queries, ndcg(name === "ndcg" ? "linear" : "exp2", k));
  return queryMean(queries, atRank(name, k), name === "hit");
}
