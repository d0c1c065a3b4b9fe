import type { Note } from "@metricgate/core/documents/fields";
import { queriesWithoutRelevant } from "@metricgate/core/metrics/ranking/queries";
import type { Column } from "@metricgate/core/tables/row-table";
import type { TableColumns } from "../tables/open-table.ts";
import type { Chosen } from "./choose-columns.ts";
import { placeFor } from "./place-for.ts";

/**
 * The columns of a ranking, one row a document: `query`, `label` (relevance, 0 or more) and `score` (else the prediction).
 * @throws UserError `query-missing`, `label-missing`, `prediction-missing`, `relevance-negative`, `not-a-number`
 */
export function rankingColumns(
  table: TableColumns,
  { places }: Chosen,
): { columns: Map<string, Column>; notes: Note[] } {
  const query = table.category(placeFor(table, places.query, "query", "queries"), "query");
  const label = table.numbers(placeFor(table, places.label, "label", "relevance labels"), "label");
  const score = table.numbers(placeFor(table, places.score ?? places.prediction, "score", "scores"), "score");
  const bad = label.findIndex((relevance) => relevance < 0);
  if (bad >= 0) {
    const next = "Give documents without relevance a 0.";
    table.refuse("relevance-negative", `The relevance in a row of ${table.file} is ${label[bad]}.`, next, bad);
  }
  const columns = new Map<string, Column>([
    ["query", query],
    ["label", { type: "number", values: label }],
    ["score", { type: "number", values: score }],
  ]);
  const without = queriesWithoutRelevant(query, label);
  const text = `${without} of ${query.names.length} queries in ${table.file} have no relevant document and count as 0.`;
  return { columns, notes: without === 0 ? [] : [{ code: "queries-without-relevant", text }] };
}
