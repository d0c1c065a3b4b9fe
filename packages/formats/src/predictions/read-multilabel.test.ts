import { metricsFromRows } from "@metricgate/core/metrics/from-rows";
import type { Column } from "@metricgate/core/tables/row-table";
import { describe, expect, it } from "vitest";
import { labelBytes } from "../rows/label-bytes.ts";
import { readRows } from "../rows/read-rows.ts";
import { rowsBytes, rowsCsv } from "../rows/write-rows.ts";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { readPredictions } from "./read-predictions.ts";

const read = (content: string, choice: Partial<ColumnChoice> = {}, name = "p.csv") =>
  readPredictions(memorySource(name, content), { slices: [], ...choice });
const numbers = (column: Column | undefined): number[] => (column?.type === "number" ? [...column.values] : []);

const flags = `id,label:cat,label:dog,y_pred:cat,y_pred:dog,score:cat,score:dog
1,1,0,1,0,0.9,0.2
2,True,true,0,1,0.4,0.75
3,0.0,FALSE,0,0,0,0.1
`;

describe("rows with any number of classes", () => {
  it("are columns of 0 and 1 for each class, and give the averages over classes", async () => {
    const { rows, task, notes } = await read(flags);
    expect(task).toEqual({
      task: "classification",
      classes: ["cat", "dog"],
      multilabel: true,
      compute: ["f1_micro", "f1_macro", "hamming_loss", "roc_auc_macro", "average_precision_macro"],
      slices: [],
    });
    expect(numbers(rows.columns.get("label:cat"))).toEqual([1, 1, 0]);
    expect(numbers(rows.columns.get("prediction:dog"))).toEqual([0, 1, 0]);
    expect(numbers(rows.columns.get("score:dog"))).toEqual([0.2, 0.75, 0.1]);
    const values = metricsFromRows(rows, task, { level: 0.95 }).map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(values)).toMatchObject({ f1_micro: 0.8, hamming_loss: 1 / 6, roc_auc_macro: 1 });
    expect(notes.map(({ text }) => text)).toEqual([
      'Taken from p.csv: "id" as id.',
      "p.csv was read as classification: its labels stand in one column for each class.",
      'p.csv has the classes "cat", "dog", of which a row has any number.',
    ]);
  });

  const rest = (score: string) =>
    [0.9, 0.4, 0].map((cat, row) => score.replace("?", `${cat}`).replace("!", `${[0.2, 0.75, 0.1][row]}`));
  const lists = [["cat"], ["dog", "cat"], []];
  const guesses = [["cat"], ["dog"], []];
  const lines = (of: (row: number) => string) => [0, 1, 2].map(of).join("\n");
  const has = (list: readonly string[] | undefined, name: string) => (list?.includes(name) === true ? 1 : 0);

  it.each<[string, string, string, Partial<ColumnChoice>]>([
    [
      "mappings of a JSON line",
      "p.jsonl",
      lines(
        (row) =>
          `{"id":${row + 1},"label":{"cat":${has(lists[row], "cat")},"dog":${has(lists[row], "dog")}},"prediction":{"dog":${has(guesses[row], "dog") === 1},"cat":${has(guesses[row], "cat") === 1}},${rest('"score":{"cat":?,"dog":!}')[row]}}`,
      ),
      {},
    ],
    [
      "lists of names in a JSON line, in any order",
      "p.jsonl",
      lines(
        (row) =>
          `{"id":${row + 1},"labels":${JSON.stringify(lists[row])},"predictions":${JSON.stringify(guesses[row])},${rest('"proba":{"cat":?,"dog":!}')[row]}}`,
      ),
      {},
    ],
    [
      "lists as pandas writes them to CSV, under names that were given",
      "p.csv",
      `id,tags,guess,p_cat,p_dog\n${lines((row) => `${row + 1},"[${lists[row]?.map((name) => `'${name}'`).join(", ")}]","${JSON.stringify(guesses[row]).replaceAll('"', '""')}",${rest("?,!")[row]}`)}\n`,
      { label: "tags", prediction: "guess" },
    ],
    [
      "flags under a name that was given",
      "p.csv",
      flags.replaceAll("label:", "tags:").replaceAll("y_pred:", "guess:").replaceAll("score:", "logit:"),
      { label: "tags", prediction: "guess", score: "logit" },
    ],
  ])("are the same rows and the same eval set from %s", async (_, name, content, choice) => {
    const expected = await read(flags);
    const { rows, task } = await read(content, choice, name);
    expect(rowsCsv(rows)).toBe(rowsCsv(expected.rows));
    expect(task).toEqual(expected.task);
    expect(Buffer.from(labelBytes(rows))).toEqual(Buffer.from(labelBytes(expected.rows)));
  });

  it("of lists of numbers are known by their places, as score lists are", async () => {
    const line = '{"y_true":[1,0,1],"y_pred":[true,false,false],"y_score":[0.9,0.1,0.4]}';
    const { rows, task } = await read(`${line}\n${line}`, { score: "y_score" }, "p.jsonl");
    expect(task.classes).toEqual(["0", "1", "2"]);
    expect([...rows.columns.keys()].sort()).toEqual(
      ["label", "prediction", "score"].flatMap((role) => [0, 1, 2].map((place) => `${role}:${place}`)),
    );
  });

  it("without predictions are taken where a share is at least 0.5; without shares only their ranks are measured", async () => {
    const scored = (score: string) => `label:a,label:b,score:a,score:b\n1,0,${score},0.1\n0,1,0.2,0.9\n`;
    const shares = await read(scored("0.5"));
    expect(numbers(shares.rows.columns.get("prediction:a"))).toEqual([1, 0]);
    expect(shares.notes.map(({ code }) => code)).toContain("prediction-from-score");
    const logits = await read(scored("7"));
    expect(logits.task.compute).toEqual(["roc_auc_macro", "average_precision_macro"]);
    expect(logits.notes.map(({ code }) => code)).toContain("prediction-missing");
  });

  it("more distinct lists than classes may be are read", async () => {
    const of = (row: number) =>
      `"[${Array.from({ length: 12 }, (_, bit) => bit)
        .filter((bit) => (row >> bit) & 1)
        .join(",")}]"`;
    const rows = Array.from({ length: 3000 }, (_, row) => `${of(row)},${of(row ^ 1)}`);
    const { task } = await read(`label,prediction\n${rows.join("\n")}\n`);
    expect(task.classes).toHaveLength(12);
  });

  it("come back from their rows file", async () => {
    const { rows, task } = await read(flags);
    expect(readRows(rowsBytes(rows), "rows.csv", task).columns).toEqual(
      new Map([...rows.columns].map(([name, { ...column }]) => [name, column])),
    );
  });

  it.each<[string, string, number | undefined, Partial<ColumnChoice>]>([
    ["flag-not-binary", flags.replace("True", "2"), 3, {}],
    ["cell-empty", flags.replace("True", ""), 3, {}],
    ["not-a-number", flags.replace("0.75", "x"), 3, {}],
    ["class-incomplete", flags.replaceAll("y_pred:dog", "other"), undefined, {}],
    ["class-incomplete", flags.replaceAll("label:dog", "other"), undefined, {}],
    ["class-incomplete", flags.replaceAll("score:dog", "score:bird"), undefined, {}],
    ["column-twice", flags.replaceAll("label:dog", "label:cat"), 1, {}],
    ["column-twice", flags.replaceAll("label:dog", "label:1").replaceAll("label:cat", "label:1.0"), 1, {}],
    ["prediction-missing", "label:a,label:b\n1,0\n", 1, {}],
    ["prediction-missing", "label,prediction:a\na,1\n", 1, {}],
    ["positive-of-multilabel", flags, undefined, { positive: "cat" }],
    ["class-incomplete", flags.replaceAll("score:cat", "best"), undefined, { score: "best" }],
    ["class-list", 'label,prediction\n"[""a""]",[]\nb,[]\n', 3, {}],
    ["class-list", 'label,prediction\n"[""a""]",a\n', 2, {}],
    ["class-list", 'label,prediction\n"[""a"", """"]",[]\n', 2, {}],
    ["cell-empty", 'label,prediction\n"[""a""]",[]\n,[]\n', 3, {}],
  ])("are refused: %s", async (code, content, line, choice) => {
    const problem = await problemOf(() => read(content, choice));
    expect([problem.code, problem.where?.line]).toEqual([code, line]);
  });
});
