import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import { readPredictions } from "./read-predictions.ts";

const read = (content: string | Uint8Array, name = "p.csv", slices: string[] = []) =>
  readPredictions(memorySource(name, content), { slices });

const wordsOfPandas = ["nan", "NaN", "NULL", "null", "None", "NA", "N/A", "#N/A", "<NA>", "inf", "-Infinity"];

describe("a missing label or prediction in CSV is no class", () => {
  it.each(wordsOfPandas)("%s as label, as prediction, and as both is refused with line and column", async (word) => {
    const table = (label: string, prediction: string) =>
      `id,label,prediction\n1,A,A\n2,B,B\n3,${label},${prediction}\n4,A,B\n`;
    for (const content of [table(word, "A"), table(word, word)]) {
      expect(await problemOf(() => read(content))).toMatchObject({
        code: "cell-missing",
        text: expect.stringContaining(`label in the column "label" of p.csv is ${word},`),
        where: { file: "p.csv", line: 4 },
      });
    }
    expect(await problemOf(() => read(table("A", word)))).toMatchObject({
      code: "cell-missing",
      text: expect.stringContaining('prediction in the column "prediction"'),
      where: { line: 4 },
    });
  });

  it("among whole numbers, and in a gzip file, they are refused too", async () => {
    const content = "id,label,prediction\n1,0,0\n2,1,nan\n3,nan,nan\n";
    expect(await problemOf(() => read(gzipSync(content), "p.csv.gz"))).toMatchObject({ code: "cell-missing" });
    expect(await problemOf(() => read(content))).toMatchObject({ code: "cell-missing", where: { line: 4 } });
  });

  it("inside of quotes such a word is a class, and one without quotes beside it is not", async () => {
    const { task } = await read('id,label,prediction\n1,"None","None"\n2,A,"None"\n');
    expect(task.classes).toEqual(["A", "None"]);
    const mixed = 'id,label,prediction\n1,"None","None"\n2,A,None\n';
    expect(await problemOf(() => read(mixed))).toMatchObject({ code: "cell-missing", where: { line: 3 } });
  });

  it("`none` is the name of a class, as many tables have it", async () => {
    const { task } = await read("id,label,prediction\n1,none,none\n2,damage,none\n");
    expect(task.classes).toEqual(["damage", "none"]);
  });

  it("in JSON Lines a text is a class, and null is missing", async () => {
    const rows = (label: string) =>
      `{"id":1,"label":"A","prediction":"A"}\n{"id":2,"label":${label},"prediction":"A"}\n`;
    expect((await read(rows('"None"'), "p.jsonl")).task.classes).toEqual(["A", "None"]);
    expect(await problemOf(() => read(rows("null"), "p.jsonl"))).toMatchObject({ where: { line: 2 } });
  });

  it("in a slice it is a value of its own", async () => {
    const { rows } = await read("id,label,prediction,country\n1,A,A,NA\n2,B,B,US\n", "p.csv", ["country"]);
    expect(rows.columns.get("slice:country")).toMatchObject({ names: ["NA", "US"] });
  });
});

describe("a table whose last line has no end", () => {
  it.each(["p.csv", "p.csv.gz"])("is read with the remark that it may be cut (%s)", async (name) => {
    const whole = "id,label,prediction\n1,A,A\n2,B,B\n";
    const noted = async (text: string) => {
      const { notes } = await read(name.endsWith(".gz") ? gzipSync(text) : text, name);
      return notes.filter(({ code }) => code === "line-open").map((note) => note.text);
    };
    expect(await noted(whole)).toEqual([]);
    expect(await noted(whole.trimEnd())).toEqual([expect.stringMatching(/may be cut. 2 rows were read/)]);
  });
});
