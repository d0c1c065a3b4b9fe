import type { RowsTask } from "@metricgate/core/documents/evaluation";
import { metricsFromRows } from "@metricgate/core/metrics/from-rows";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { textsOf } from "@metricgate/core/tables/text-cells";
import { describe, expect, it } from "vitest";
import { readRows } from "../rows/read-rows.ts";
import { rowsBytes } from "../rows/write-rows.ts";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { readPredictions } from "./read-predictions.ts";
import { referenceList } from "./reference-list.ts";

const read = (content: string, choice: Partial<ColumnChoice> = {}) =>
  readPredictions(memorySource("p.csv", content), { slices: [], ...choice });

const cellsOf = (rows: RowTable, name: string): unknown[] => {
  const column = rows.columns.get(name);
  if (column?.type === "number") return [...column.values];
  return column === undefined ? [] : Array.from(column.codes, (code) => column.names[code]);
};

const valuesOf = (rows: RowTable, task: RowsTask) =>
  Object.fromEntries(
    metricsFromRows(rows, task, { level: 0.95 }).map((metric) => [metric.name, metric.value ?? metric.undefined]),
  );

const ranking = "qid,relevance,score\nq1,0,0.9\nq1,2,0.5\nq2,0,0.3\nq2,0,0.1\nq3,1,0.8\n";

describe("a ranking", () => {
  it("is guessed from queries, scores and relevance numbers; queries without relevant documents are counted", async () => {
    const { rows, task, notes } = await read(ranking);
    expect(task).toEqual({ task: "ranking", compute: ["ndcg@10", "mrr", "recall@10"], slices: [] });
    expect(cellsOf(rows, "query")).toEqual(["q1", "q1", "q2", "q2", "q3"]);
    expect(cellsOf(rows, "label")).toEqual([0, 2, 0, 0, 1]);
    expect(notes.map((note) => note.text)).toEqual([
      'Taken from p.csv: "relevance" as label, "score" as score, "qid" as query.',
      expect.stringContaining("has no id column"),
      "p.csv was read as ranking: it has queries, scores and relevance numbers.",
      "1 of 3 queries in p.csv have no relevant document and count as 0.",
    ]);
    expect(valuesOf(rows, task)).toMatchObject({ mrr: (0.5 + 0 + 1) / 3, "recall@10": 2 / 3 });
  });

  it("takes group as its query only when it is asked for, and needs what it needs", async () => {
    const grouped = ranking.replace("qid", "group");
    expect((await read(grouped)).task.task).toBe("classification");
    const { rows } = await read(grouped, { task: "ranking" });
    expect([rows.columns.has("query"), rows.columns.has("group")]).toEqual([true, false]);
    expect(await problemOf(() => read(ranking.replace("qid", "x"), { task: "ranking" }))).toMatchObject({
      code: "query-missing",
    });
    expect(await problemOf(() => read(ranking.replace("q3,1,", "q3,-1,"), { task: "ranking" }))).toMatchObject({
      code: "relevance-negative",
      where: { line: 6 },
    });
  });

  it("is no ranking when its labels are classes, and the query is left alone", async () => {
    const { rows, task } = await read("qid,label,prediction\nq,a,b\nq,b,b\n");
    expect(task.task).toBe("classification");
    expect([...rows.columns.keys()]).toEqual(["label", "prediction"]);
  });
});

describe("a forecast", () => {
  const table = "series,y,yhat,yhat_lower,yhat_upper,scale\na,1,2,0,3,2\na,4,4,1,3,2\nb,2,3,2,2.5,0.5\n";

  it("has series, bounds and scale by their usual names once the task is named", async () => {
    const { rows, task } = await read(table, { task: "forecasting" });
    expect(task.compute).toEqual(["mae", "wape", "mase"]);
    expect([...rows.columns.keys()]).toEqual(["label", "prediction", "series", "lower", "upper", "scale"]);
    expect(valuesOf(rows, { ...task, compute: ["mase", "coverage", "bias"] })).toEqual({
      mase: (0.25 + 2) / 2,
      coverage: 2 / 3,
      bias: 2 / 3,
    });
  });

  it("takes its columns by name, and without a scale leaves mase out", async () => {
    const { rows, task } = await read("when,shop,true,guess\n1,x,1,2\n2,x,2,2\n", {
      task: "forecasting",
      series: "shop",
      label: "true",
      prediction: "guess",
      id: "when",
    });
    expect(task.compute).toEqual(["mae", "wape"]);
    expect(cellsOf(rows, "series")).toEqual(["x", "x"]);
  });

  it("is never guessed: numbers with a series are a regression", async () => {
    const { rows, task } = await read(table.replace("a,1,", "a,1.5,"));
    expect(task.task).toBe("regression");
    expect([...rows.columns.keys()]).toEqual(["label", "prediction"]);
  });
});

describe("a table of texts", () => {
  const table = `id,references,response
1,"[""Paris"",""the city of Paris""]",paris.
2,Berlin,It is Berlin
3,"[not json",[NOT   JSON]
4,[],
`;

  it("is guessed from references and many predictions, scored row by row, and keeps no text", async () => {
    const { rows, task, notes } = await read(table.replace("response", "prediction"));
    expect(task).toEqual({
      task: "text",
      values: ["exact_match", "token_f1"],
      compute: ["exact_match", "token_f1"],
      slices: [],
    });
    expect(notes.at(-1)?.text).toBe("p.csv was read as text: it has references and many predicted texts.");
    expect(cellsOf(rows, "value:exact_match")).toEqual([1, 0, 1, 1]);
    expect(cellsOf(rows, "value:token_f1")).toEqual([1, 0.5, 1, 1]);
    for (const digest of cellsOf(rows, "label")) expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(new TextDecoder().decode(rowsBytes(rows))).not.toMatch(/paris|berlin|json/i);
  });

  it("finds responses when the task is named; few answers to choose from are classes", async () => {
    expect((await read(table, { task: "text" })).task.compute).toEqual(["exact_match", "token_f1"]);
    const choices = Array.from({ length: 30 }, (_, i) => `${i},${"ABCD"[i % 4]},${"ABCD"[i % 3]}`);
    const { task } = await read(`id,answer,prediction\n${choices.join("\n")}\n`);
    expect(task).toMatchObject({ task: "classification", classes: ["A", "B", "C", "D"] });
  });

  it("may have counts of samples, wins or judge scores instead of references", async () => {
    const { rows, task } = await read("id,n,c,judge,win\n1,4,1,5,1\n2,4,4,3,0.5\n", {
      task: "text",
      values: ["judge", "win"],
    });
    expect(task.compute).toEqual(["pass@1", "win_rate", "mean(judge)"]);
    expect(valuesOf(rows, task)).toEqual({ "pass@1": 0.625, win_rate: 0.75, "mean(judge)": 4 });
    expect(await problemOf(() => read("id,a\n1,2\n", { task: "text" }))).toMatchObject({
      code: "text-columns-missing",
    });
  });

  it.each([
    ["Paris", ["Paris"]],
    ['["a", 2]', ["a", "2"]],
    [" [] ", []],
    ["[1, null]", ["[1, null]"]],
    ["[broken", ["[broken"]],
    ['{"a":1}', ['{"a":1}']],
    ["", [""]],
  ])("the references in %j are %j", (cell, references) => {
    expect(referenceList(cell)).toEqual(references);
  });
});

it("a regression whose labels are 0 is told that mape says nothing of it", async () => {
  const content = "id,y,yhat\n1,0,1\n2,2.5,3\n";
  expect((await read(content, { compute: ["mape"] })).notes.at(-1)?.code).toBe("mape-of-zero");
  expect((await read(content, { compute: ["mae"] })).notes.at(-1)?.code).toBe("task");
});

describe("row values", () => {
  it("are columns called value:NAME or chosen ones, in any task; a missing one is counted and leaves no value", async () => {
    const content = "id,label,prediction,value:judge,latency\n1,a,a,3,10\n2,b,a,,20\n3,b,b,nan,30\n";
    const { rows, task, notes } = await read(content);
    expect(task).toMatchObject({ task: "classification", values: ["judge"] });
    expect(task.compute.at(-1)).toBe("mean(judge)");
    expect(notes.at(-1)).toEqual({
      code: "values-missing",
      text: '"judge" has no finite number in 2 of 3 rows of p.csv; its metrics have no value.',
    });
    expect(valuesOf(rows, task)).toMatchObject({ accuracy: 2 / 3, "mean(judge)": "value-missing" });
    const chosen = await read(content, {
      values: ["latency", "value:judge"],
      compute: ["p50(latency)", "rate(latency>10)"],
    });
    expect(chosen.task.values).toEqual(["judge", "latency"]);
    expect(valuesOf(chosen.rows, chosen.task)).toEqual({ "p50(latency)": 20, "rate(latency>10)": 2 / 3 });
    expect(await problemOf(() => read(content, { values: ["lantency"] }))).toMatchObject({ code: "column-missing" });
  });
});

it.each<[string, string, Partial<ColumnChoice>]>([
  ["ranking", `${ranking}q4,0.5,-0\n`, { task: "ranking" }],
  ["forecasting", 'series,y,yhat,lo,hi,scale,weight\n"a,b",1,2,0,3,2,1\nb,4,4,1,3,2,2\n', { task: "forecasting" }],
  ["text", 'id,answers,output,judge\nb,x,y,\na,"[""x"",""z""]",z,2\n', { task: "text", values: ["judge"] }],
  ["regression", "id,y,yhat,group,tokens\n1,0.5,1,g,\n2,2,2,,7\n", { task: "regression", values: ["tokens"] }],
])("rows of a %s that were written are read back to the last bit", async (_, content, choice) => {
  const { rows, task } = await read(content, choice);
  const bytes = rowsBytes(rows);
  const again = readRows(bytes, "rows.csv", task);
  expect(textsOf(again.ids)).toEqual(textsOf(rows.ids));
  expect([...again.columns.keys()].sort()).toEqual([...rows.columns.keys()].sort());
  for (const name of rows.columns.keys()) expect(cellsOf(again, name)).toEqual(cellsOf(rows, name));
  expect(rowsBytes(again)).toEqual(bytes);
});
