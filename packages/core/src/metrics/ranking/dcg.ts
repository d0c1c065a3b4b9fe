import type { QueryValue } from "./query-mean.ts";

/** What a document of some relevance is worth: the relevance itself, or 2^relevance − 1 (Burges et al. 2005). */
export type Gain = "linear" | "exp2";

/**
 * The discounted gain of the first k ranks, 1/log2(rank + 1), as a share of the largest possible (Järvelin and Kekäläinen 2002). Documents
 * of equal score share their gains (McSherry and Najork 2008). A query without relevant documents is 0. Linear: equals sklearn's `ndcg_score`.
 */
export function ndcg(gain: Gain, k: number): QueryValue {
  const worth = gain === "linear" ? (r: number) => r : (r: number) => 2 ** r - 1;
  const discounts: number[] = [];
  const discount = (rank: number) => {
    while (discounts.length <= rank) discounts.push(1 / Math.log2(discounts.length + 2));
    return rank < k ? (discounts[rank] ?? 0) : 0;
  };
  return ({ ranked, ideal, relevance, scores }, start, end) => {
    let best = 0;
    for (let place = start; place < Math.min(end, start + k); place++)
      best += worth(relevance[ideal[place] ?? -1] ?? 0) * discount(place - start);
    if (best === 0) return 0;
    let found = 0;
    for (let from = start; from < Math.min(end, start + k); ) {
      const score = scores[ranked[from] ?? -1];
      let gains = 0;
      let discounted = 0;
      let to = from;
      for (; to < end && scores[ranked[to] ?? -1] === score; to++) {
        gains += worth(relevance[ranked[to] ?? -1] ?? 0);
        discounted += discount(to - start);
      }
      found += (gains / (to - from)) * discounted;
      from = to;
    }
    return found / best;
  };
}
