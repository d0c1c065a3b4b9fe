import type { RowTable } from "../../tables/row-table.ts";
import type { Measured, Undefined } from "../measured.ts";
import { atRank } from "./at-rank.ts";
import { ndcg } from "./dcg.ts";
import { parseRanking } from "./parse-ranking.ts";
import { queriesOf } from "./queries.ts";
import { queryMean } from "./query-mean.ts";

/** One metric of a ranking, as `measure` gives it: the mean over queries. */
export function measureRanking(metric: string, rows: RowTable, at: Int32Array | undefined): Measured | Undefined {
  const wanted = parseRanking(metric);
  if (wanted === undefined) return { undefined: "metric-unknown" };
  const queries = queriesOf(rows, at);
  if ("undefined" in queries) return queries;
  const { metric: name, k } = wanted;
  if (name === "ndcg" || name === "ndcg_exp") return queryMean(queries, ndcg(name === "ndcg" ? "linear" : "exp2", k));
  return queryMean(queries, atRank(name, k), name === "hit");
}
