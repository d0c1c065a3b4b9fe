import { isComputable } from "@metricgate/core/metrics/known";
import { describe, expect, it } from "vitest";
import { oracleRuns } from "./ask-python.ts";
import { type ColumnTable, compareColumns } from "./column-tables.ts";
import { cells } from "./drawn-cells.ts";
import { draws } from "./draws.ts";

const metrics = [
  ..."ndcg ndcg@1 ndcg@3 ndcg@10 ndcg_exp ndcg_exp@5 mrr mrr@2 map map@3 map@10".split(" "),
  ..."recall@1 recall@10 precision@1 precision@5 hit@1 hit@3 hit@100".split(" "),
];

/** By seed: ties, queries of one document or without relevant ones, graded, real or negative relevance, weights of queries or that differ within. */
function table(seed: number): ColumnTable {
  const next = draws(seed * 49979687);
  const queries = 1 + Math.floor(next() ** 2 * 30);
  const rows = cells(queries, (q) => {
    const relevant = q % 5 === 0 ? 0 : next();
    const size = 1 + Math.floor(next() ** 2 * 25);
    const weight = seed % 3 === 1 ? 1 + (q % 3) : next() < 0.1 ? 0 : next() * 4;
    return cells(size, () => ({
      query: `q${(q * 7) % 31}`,
      label: next() < relevant ? (seed % 4 === 3 ? next() * 2 : 1 + Math.floor(next() * 3)) : 0,
      score: [Math.floor(next() * 4), next(), -0, Math.round(next() * 10) / 10][seed % 4] ?? 0,
      weight,
    }));
  }).flat();
  const mixed = rows.map((row) => ({ row, at: next() })).sort((a, b) => a.at - b.at);
  const column = <T>(of: (row: (typeof rows)[number]) => T) => mixed.map(({ row }) => of(row));
  const label = column((row) => row.label);
  const weight = column((row) => row.weight);
  if (seed % 17 === 0) label[0] = -1;
  if (seed % 19 === 1) weight[0] = 99;
  const columns = { query: column((row) => row.query), label, score: column((row) => row.score) };
  return { task: "ranking", columns: seed % 3 === 0 ? columns : { ...columns, weight }, metrics };
}

describe.runIf(oracleRuns)("metrics of a ranking", () => {
  it("equal scikit-learn's ndcg_score and average precision, or their definition, query by query", () => {
    const found = compareColumns(
      "ranking",
      cells(80, (i) => table(i + 1)),
    );
    expect(found.wrong.slice(0, 20)).toEqual([]);
    expect([...found.names].sort()).toEqual([...metrics].sort());
    expect(metrics.filter((name) => !isComputable(name))).toEqual([]);
    expect(found.count).toBeGreaterThan(1000);
    expect(found.undefinedByBoth).toBeGreaterThan(20);
  }, 120_000);
});
