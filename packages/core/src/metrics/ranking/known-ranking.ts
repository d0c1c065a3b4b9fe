import type { Known, KnownFamily } from "../known-metric.ts";
import { parseRanking, type RankingMetric } from "./parse-ranking.ts";

const share = { direction: "up", low: 0, high: 1 } as const;

const ABOUT: Readonly<Record<RankingMetric["metric"], Known>> = {
  ndcg: {
    ...share,
    definition:
      "Σ relevance / log2(rank + 1) over its largest value, equal scores sharing their ranks; mean over queries",
    equals: "sklearn.metrics.ndcg_score",
  },
  ndcg_exp: { ...share, definition: "ndcg with 2^relevance − 1 as gain", equals: "Burges et al. 2005" },
  mrr: { ...share, definition: "1 / rank of the first relevant document, mean over queries" },
  map: {
    ...share,
    definition: "mean precision at the ranks of the relevant documents, of all of them; mean over queries",
  },
  recall: { ...share, definition: "share of the relevant documents among the first k; mean over queries" },
  precision: { ...share, definition: "relevant documents among the first k, by k; mean over queries" },
  hit: { ...share, definition: "share of queries with a relevant document among the first k" },
};

function byParameter(name: string): Known | undefined {
  const wanted = parseRanking(name);
  return wanted && ABOUT[wanted.metric];
}

/** What is known of the metrics of a ranking. */
export const knownRanking: KnownFamily = {
  byName: new Map((["ndcg", "ndcg_exp", "mrr", "map"] as const).map((name): [string, Known] => [name, ABOUT[name]])),
  byParameter,
  examples: ["ndcg@10", "ndcg_exp@10", "mrr@10", "map@10", "recall@10", "precision@10", "hit@10"],
};
