/** A ranking metric and the ranks it looks at; `k` is Infinity without `@k`. */
export interface RankingMetric {
  metric: "ndcg" | "ndcg_exp" | "mrr" | "map" | "recall" | "precision" | "hit";
  k: number;
}

/** The metrics that also mean something without `@k`. */
const WHOLE = new Set(["ndcg", "ndcg_exp", "mrr", "map"]);
const NAMES: readonly RankingMetric["metric"][] = ["ndcg", "ndcg_exp", "mrr", "map", "recall", "precision", "hit"];

/** Reads `ndcg`, `ndcg@10`, `recall@5` …; k is a whole number from 1. */
export function parseRanking(name: string): RankingMetric | undefined {
  const [, word, digits] = /^([a-z_]+)(?:@([1-9]\d{0,8}))?$/.exec(name) ?? [];
  const metric = NAMES.find((known) => known === word);
  if (metric === undefined) return undefined;
  if (digits === undefined) return WHOLE.has(metric) ? { metric, k: Number.POSITIVE_INFINITY } : undefined;
  return { metric, k: Number(digits) };
}
