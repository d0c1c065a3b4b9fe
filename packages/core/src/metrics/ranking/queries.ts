import type { CategoryColumn, RowTable } from "../../tables/row-table.ts";
import { categoriesOf, numbersOf, weightsOf } from "../columns.ts";
import type { Undefined } from "../measured.ts";
import { descending } from "../order.ts";

/** The documents of each query; positions are among the measured rows, queries by the code point order of their names. */
export interface Queries {
  count: number;
  /** The measured rows, which are documents. */
  documents: number;
  /** Query q has the places `starts[q]` to `starts[q + 1] − 1` of `ranked` and of `ideal`. */
  starts: Int32Array;
  /** Positions from the highest score to the lowest; equal scores in the order of the rows. */
  ranked: Int32Array;
  /** Positions from the most relevant to the least. */
  ideal: Int32Array;
  relevance: Float64Array;
  scores: Float64Array;
  /** By query. */
  weights: Float64Array;
}

/**
 * Reads the columns `query`, `label` (relevance, 0 or more) and `score`. A query weighs what its documents weigh.
 * Reasons: a column is missing, a relevance is below 0, or the weights of one query differ.
 */
export function queriesOf(rows: RowTable, at: Int32Array | undefined): Queries | Undefined {
  const query = categoriesOf(rows, "query", at);
  if ("undefined" in query) return query;
  const relevance = numbersOf(rows, "label", at);
  if ("undefined" in relevance) return relevance;
  const scores = numbersOf(rows, "score", at);
  if ("undefined" in scores) return scores;
  const rowWeights = weightsOf(rows, at);
  if ("undefined" in rowWeights) return rowWeights;
  if (relevance.some((label) => label < 0)) return { undefined: "negative-relevance" };

  const documents = query.codes.length;
  const sizes = new Int32Array(query.names.length);
  for (const code of query.codes) sizes[code] = (sizes[code] ?? 0) + 1;
  const numbers = new Int32Array(sizes.length);
  let count = 0;
  sizes.forEach((size, code) => {
    numbers[code] = size > 0 ? count++ : -1;
  });
  const of = query.codes.map((code) => numbers[code] ?? -1);
  const starts = new Int32Array(count + 1);
  sizes
    .filter((size) => size > 0)
    .forEach((size, q) => {
      starts[q + 1] = (starts[q] ?? 0) + size;
    });
  const weights = new Float64Array(count).fill(-1);
  for (let i = 0; i < documents; i++) {
    const q = of[i] ?? -1;
    const weight = rowWeights[i] ?? 0;
    if (weights[q] !== -1 && weights[q] !== weight) return { undefined: "weights-differ-in-query" };
    weights[q] = weight;
  }
  const ranked = byQuery(descending(scores), of, starts);
  const ideal = byQuery(descending(relevance), of, starts);
  return { count, documents, starts, ranked, ideal, relevance, scores, weights };
}

/** How many queries that occur have no document of relevance above 0. */
export function queriesWithoutRelevant({ codes, names }: CategoryColumn, relevance: Float64Array): number {
  const found = new Int8Array(names.length).fill(-1);
  codes.forEach((code, row) => {
    found[code] = Math.max(found[code] ?? -1, (relevance[row] ?? 0) > 0 ? 1 : 0);
  });
  return found.reduce((count, state) => count + (state === 0 ? 1 : 0), 0);
}

/** Positions in a common order, dealt out to their queries. */
function byQuery(order: Uint32Array, of: Int32Array, starts: Int32Array): Int32Array {
  const next = starts.slice();
  const dealt = new Int32Array(order.length);
  for (const position of order) {
    const q = of[position] ?? -1;
    const place = next[q] ?? 0;
    dealt[place] = position;
    next[q] = place + 1;
  }
  return dealt;
}
