import type { Queries } from "./queries.ts";
import type { QueryValue } from "./query-mean.ts";

/** Metrics of the first k ranks in which a document is relevant (above 0) or not; ties rank in the order of the rows. */
export type AtRank = "mrr" | "map" | "recall" | "precision" | "hit";

/** Whether the document at a place of the ranking is relevant. */
function isRelevant({ ranked, relevance }: Queries, place: number): boolean {
  return (relevance[ranked[place] ?? -1] ?? 0) > 0;
}

function relevantIn(queries: Queries, start: number, end: number): number {
  let found = 0;
  for (let place = start; place < end; place++) if (isRelevant(queries, place)) found++;
  return found;
}

const VALUES: Readonly<
  Record<AtRank, (queries: Queries, start: number, end: number, last: number, k: number) => number>
> = {
  mrr(queries, start, _end, last) {
    for (let place = start; place < last; place++) if (isRelevant(queries, place)) return 1 / (place - start + 1);
    return 0;
  },
  map(queries, start, end, last) {
    const relevant = relevantIn(queries, start, end);
    let [seen, precisions] = [0, 0];
    for (let place = start; place < last; place++) {
      if (isRelevant(queries, place)) precisions += ++seen / (place - start + 1);
    }
    return relevant === 0 ? 0 : precisions / relevant;
  },
  recall(queries, start, end, last) {
    const relevant = relevantIn(queries, start, end);
    return relevant === 0 ? 0 : relevantIn(queries, start, last) / relevant;
  },
  precision: (queries, start, _end, last, k) => relevantIn(queries, start, last) / k,
  hit: (queries, start, _end, last) => (relevantIn(queries, start, last) > 0 ? 1 : 0),
};

/**
 * One query's reciprocal rank of the first relevant document, average precision over all its relevant documents (not min with k),
 * recall, precision (of k, also where fewer documents are) or hit within the first k ranks. A query without relevant documents is 0.
 */
export function atRank(metric: AtRank, k: number): QueryValue {
  return (queries, start, end) => VALUES[metric](queries, start, end, Math.min(end, start + k), k);
}
