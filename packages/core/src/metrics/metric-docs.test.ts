import { expect, it } from "vitest";
import { computableMetrics } from "./known.ts";
import { metricDocs } from "./metric-docs.ts";

it("each computable metric stands once in the tables of the docs, with its range and what it equals", () => {
  const tables = metricDocs();
  const names = tables.slice(0, -1).flatMap(({ rows }) => rows.map(([name]) => name));
  expect([...names].sort()).toEqual(
    computableMetrics()
      .map(({ name }) => `\`${name}\``)
      .sort(),
  );
  const accuracy = tables[0]?.rows.find(([name]) => name === "`accuracy`");
  expect(accuracy?.slice(1, 3)).toEqual(["higher", "0 to 1"]);
  for (const { head, rows } of tables) for (const row of rows) expect(row.length).toBe(head.length);
});

it("no metric is listed under two names of one task", () => {
  const seen = computableMetrics().map(({ task, name }) => `${task} ${name}`);
  expect(new Set(seen).size).toBe(seen.length);
});
