import type { Column } from "@metricgate/core/tables/row-table";
import { textsOf } from "@metricgate/core/tables/text-cells";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import type { ColumnChoice } from "./column-choice.ts";
import { readPredictions } from "./read-predictions.ts";

const read = (content: string | Uint8Array, choice: Partial<ColumnChoice> = {}) =>
  readPredictions(memorySource("p.csv", content), { slices: [], ...choice });
const texts = (column: Column | undefined): unknown[] =>
  column === undefined
    ? []
    : column.type === "number"
      ? [...column.values]
      : Array.from(column.codes, (code) => column.names[code]);

describe("a table of predictions", () => {
  it("is read by its usual names and sorted by id", async () => {
    const { rows, task, notes } = await read(
      "row_id,y_true,y_score,y_pred,weight,country\n10,1,0.75,1,2,BR\n2,0,0.25,1.0,1,\n1,0.0,.5,0,1,US\n",
      { slices: ["country"] },
    );
    expect(textsOf(rows.ids)).toEqual(["1", "10", "2"]);
    expect(texts(rows.columns.get("label"))).toEqual(["0", "1", "0"]);
    expect(texts(rows.columns.get("prediction"))).toEqual(["0", "1", "1"]);
    expect(texts(rows.columns.get("score"))).toEqual([0.5, 0.75, 0.25]);
    expect(texts(rows.columns.get("weight"))).toEqual([1, 2, 1]);
    expect(texts(rows.columns.get("slice:country"))).toEqual(["US", "BR", ""]);
    expect(task).toMatchObject({ task: "classification", positive: "1", classes: ["0", "1"], slices: ["country"] });
    expect(task.compute).toContain("roc_auc");
    expect(notes).toEqual([
      {
        code: "columns",
        text: 'Taken from p.csv: "row_id" as id, "y_true" as label, "y_pred" as prediction, "y_score" as score, "weight" as weight.',
      },
      { code: "task", text: "p.csv was read as classification: its labels are 2 distinct whole numbers." },
    ]);
  });

  it.each([
    ["tabs, CRLF and a byte order mark", "\ufeffid\tlabel\tprediction\r\na\tx\tx\r\nb\ty\tx\r\n"],
    ["semicolons", "id;label;prediction\na;x;x\nb;y;x"],
    ["quotes", '"id","label",prediction\n"a",x,"x"\nb,"y",x\n\n'],
  ])("with %s", async (_, text) => {
    const { rows, task } = await read(text);
    expect(textsOf(rows.ids)).toEqual(["a", "b"]);
    expect(texts(rows.columns.get("label"))).toEqual(["x", "y"]);
    expect(texts(rows.columns.get("prediction"))).toEqual(["x", "x"]);
    // Which of x and y is positive is nobody's to guess: without a score the two are treated alike.
    expect(task.positive).toBeUndefined();
    expect(task.compute).toContain("f1_macro");
  });

  it.each([
    ["no", "yes"],
    ["false", "true"],
    ["Negative", "Positive"],
    ["0", "1"],
  ])("of %s and %s the second is positive", async (negative, positive) => {
    const { task } = await read(`id,label,score\na,${negative},0.2\nb,${positive},0.7\n`);
    expect(task.positive).toBe(positive);
  });

  it("a score of one of two unusual classes is refused until the positive one is named", async () => {
    const text = "id,label,score\na,fraud,0.9\nb,ok,0.2\n";
    const problem = await problemOf(() => read(text));
    expect(problem).toMatchObject({ code: "positive-unknown", where: { file: "p.csv" } });
    expect(problem.next).toContain("positive: fraud");
    expect((await read(text, { positive: "fraud" })).task.positive).toBe("fraud");
  });

  it("quoted cells hold delimiters, newlines and doubled quotes", async () => {
    const { rows } = await read('id,label,prediction\n"b""1","x,y","x\nz"\n"a,",x,"x,y"\n');
    expect(textsOf(rows.ids)).toEqual(["a,", 'b"1']);
    expect(texts(rows.columns.get("label"))).toEqual(["x", "x,y"]);
    expect(texts(rows.columns.get("prediction"))).toEqual(["x,y", "x\nz"]);
  });

  it.each([
    ["id,label,prediction\n1,0.5,1\n2,3,2\n", undefined, "regression"],
    [
      `id,label,prediction\n${Array.from({ length: 21 }, (_, i) => `${i},${i},1`).join("\n")}\n`,
      undefined,
      "regression",
    ],
    ["id,label,prediction\n1,0,1\n2,3,0\n", undefined, "classification"],
    ["id,label,prediction\n1,0,1\n2,3,0\n", "regression", "regression"],
    ["id,label,prediction\n1,a,b\n2,b,b\n", undefined, "classification"],
  ] as const)("%j with task %s is %s", async (text, task, found) => {
    const { task: read_, notes, rows } = await read(text, task === undefined ? {} : { task });
    expect(read_.task).toBe(found);
    expect(rows.columns.get("label")?.type).toBe(found === "regression" ? "number" : "category");
    expect(notes.some((note) => note.code === "task")).toBe(task === undefined);
  });

  it("a prediction follows from a score, and a note says how", async () => {
    const { rows, notes } = await read("id,label,score\n1,no,0.5\n2,yes,0.49\n");
    expect(texts(rows.columns.get("prediction"))).toEqual(["yes", "no"]);
    expect(notes.map((note) => note.code)).toContain("prediction-from-score");
  });

  it("a score outside 0 to 1 gives no prediction", async () => {
    const { rows, notes, task } = await read("id,label,score\n1,0,-3\n2,1,4\n");
    expect(rows.columns.has("prediction")).toBe(false);
    expect(notes.map((note) => note.code)).toContain("prediction-missing");
    expect(task.compute).not.toContain("accuracy");
  });

  it("shares in a column called prediction are scores", async () => {
    const { rows } = await read("id,label,prediction\n1,0,0.2\n2,1,0.9\n");
    expect(texts(rows.columns.get("score"))).toEqual([0.2, 0.9]);
    expect(texts(rows.columns.get("prediction"))).toEqual(["0", "1"]);
  });

  it("scores of each class give the class with the highest", async () => {
    const { rows, task } = await read("id,label,prob_b,prob_a,score:c,p_value\n1,a,0.1,0.7,0.2,9\n2,b,0.2,0.2,0.6,9\n");
    expect([...rows.columns.keys()]).toEqual(["label", "prediction", "score:a", "score:b", "score:c"]);
    expect(texts(rows.columns.get("prediction"))).toEqual(["a", "c"]);
    expect(task.classes).toEqual(["a", "b", "c"]);
  });

  it("chosen columns go before usual names, and compute is taken as given", async () => {
    const { rows, task } = await read("id,key,label,truth,prediction\n1,b,0,1,1\n2,a,0,0,1\n", {
      id: "key",
      label: "truth",
      compute: ["f1"],
      positive: "0",
    });
    expect(textsOf(rows.ids)).toEqual(["a", "b"]);
    expect(texts(rows.columns.get("label"))).toEqual(["0", "1"]);
    expect(task).toMatchObject({ compute: ["f1"], positive: "0" });
  });

  it("rows without ids are paired by their number", async () => {
    const { rows, notes } = await read("label,prediction\nb,a\na,a\n");
    expect(textsOf(rows.ids)).toEqual(["000000001", "000000002"]);
    expect(notes.map((note) => note.code)).toContain("ids-by-position");
  });

  it("ids beyond 2^53 and outside ASCII stay apart, in code point order", async () => {
    const { rows } = await read(
      "id,label,prediction\n9007199254740993,a,a\n9007199254740992,a,a\n\u{1f600},a,a\n\uff5e,a,b\né,a,a\n",
    );
    expect(textsOf(rows.ids)).toEqual(["9007199254740992", "9007199254740993", "é", "\uff5e", "\u{1f600}"]);
  });

  it.each<[string, string, Partial<ColumnChoice>, string, number | undefined]>([
    ["an empty file", "", {}, "file-empty", undefined],
    ["no header", "1,0,1\n2,1,1\n", {}, "header-missing", 1],
    ["no rows", "id,label,prediction\n", {}, "rows-missing", 1],
    ["no label", "id,prediction\n1,1\n", {}, "label-missing", 1],
    ["no prediction", "id,label\n1,1\n", {}, "prediction-missing", 1],
    ["a chosen column that is not there", "id,label,prediction\n1,1,1\n", { label: "lable" }, "column-missing", 1],
    ["a slice that is not there", "id,label,prediction\n1,1,1\n", { slices: ["country"] }, "column-missing", 1],
    ["a column twice", "id,label,label,prediction\n1,1,1,1\n", {}, "column-twice", 1],
    ["an id twice", "id,label,prediction\n7,1,1\n8,1,1\n7,0,1\n", {}, "duplicate-id", 4],
    ["an id twice, once in quotes", 'id,label,prediction\n7,1,1\n"7",0,1\n', {}, "duplicate-id", 3],
    ["an empty id", "id,label,prediction\n1,1,1\n,0,1\n", {}, "id-empty", 3],
    ["an empty label", "id,label,prediction\n1,1,1\n2,,1\n3,0,1\n", {}, "cell-empty", 3],
    ["an empty number as label", "id,label,prediction\n1,1.5,1\n2,2.5,1\n3,,1\n", {}, "not-a-number", 4],
    ["an empty prediction", "id,label,prediction\n1,a,a\n2,b,\n", {}, "cell-empty", 3],
    ["NaN as score", "id,label,score\n1,0,0.5\n2,1,nan\n", {}, "not-a-number", 3],
    ["an empty score", "id,label,score\n1,0,0.5\n2,1,\n", {}, "not-a-number", 3],
    ["an infinite score", "id,label,score\n1,0,1e999\n2,1,0.5\n", {}, "not-a-number", 2],
    ["a text as score", "id,label,score\n1,0,0.5\n2,1,high\n", {}, "not-a-number", 3],
    ["a weight of 0", "id,label,prediction,weight\n1,0,1,1\n2,1,1,0\n", {}, "weight-not-positive", 3],
    ["a negative weight", "id,label,prediction,weight\n1,0,1,-1\n", {}, "weight-not-positive", 2],
    ["an infinite weight", "id,label,prediction,weight\n1,0,1,inf\n", {}, "not-a-number", 2],
    ["a short row", "id,label,prediction\n1,0,1\n2,1\n", {}, "row-ragged", 3],
    ["a long row", "id,label,prediction\n1,0,1,9\n", {}, "row-ragged", 2],
    ["a blank row", "id,label,prediction\n1,0,1\n\n2,0,1\n", {}, "row-ragged", 3],
    ["an open quote", 'id,label,prediction\n1,"0,1\n', {}, "quote-open", 2],
    ["text after a quote", 'id,label,prediction\n1,"0"x,1\n', {}, "quote-stray", 2],
    ["a NUL", "id,label,prediction\n1,\0,1\n", {}, "nul-byte", 2],
    ["an unknown positive class", "id,label,prediction\n1,0,1\n", { positive: "yes" }, "positive-unknown", undefined],
    ["other spellings of the classes", "id,label,prediction\n1,0,False\n2,1,True\n", {}, "classes-disjoint", 2],
    [
      "chosen shares as prediction",
      "id,label,prediction\n1,0,0.2\n2,1,0.7\n",
      { prediction: "prediction" },
      "prediction-fractional",
      2,
    ],
    [
      "too many classes",
      `id,label,prediction\n${Array.from({ length: 1001 }, (_, i) => `${i},c${i},c1`).join("\n")}\n`,
      {},
      "too-many-values",
      2,
    ],
    ["a text as label of a regression", "id,label,prediction\n1,x,1\n", { task: "regression" }, "not-a-number", 2],
  ])("%s is refused", async (_, text, choice, code, line) => {
    const problem = await problemOf(() => read(text, choice));
    expect(problem).toMatchObject({ code, where: { file: "p.csv", ...(line === undefined ? {} : { line }) } });
    expect(problem.next).toMatch(/[.?]$/);
  });

  it("a UTF-16 file is refused by name", async () => {
    expect((await problemOf(() => read(new Uint8Array([0xff, 0xfe, 0x69, 0])))).code).toBe("not-utf8");
  });

  it("a chosen column with a slip is answered with the right name", async () => {
    expect((await problemOf(() => read("id,label,prediction\n1,1,1\n", { label: "labels" }))).next).toContain(
      'Did you mean "label"?',
    );
  });

  it("the order of the rows in the file does not matter", async () => {
    const row = fc.record({
      id: fc.string({ minLength: 1, maxLength: 40 }).filter((id) => !/[\r\0]/.test(id) && id.isWellFormed()),
      label: fc.constantFrom("a", "b", "c"),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { selector: (r) => r.id, minLength: 1, maxLength: 80 }), async (made) => {
        const text = (rows: typeof made): string =>
          `id,label,prediction\n${rows.map((r) => `"${r.id.replaceAll('"', '""')}",${r.label},a\n`).join("")}`;
        const forward = await read(text(made), { task: "classification" }).catch((error: Error) => error.message);
        const backward = await read(text(made.toReversed()), { task: "classification" }).catch(
          (error: Error) => error.message,
        );
        if (typeof forward === "string") expect(typeof backward).toBe("string");
        else expect(forward).toEqual(backward);
        if (typeof forward !== "string")
          expect(textsOf(forward.rows.ids)).toEqual(
            textsOf(forward.rows.ids).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
          );
      }),
    );
  });

  it("no mutated bytes crash it", async () => {
    const seed = 'id,label,prediction,score,weight\n1,a,"a",0.5,1\n2,b,a,0.25,2\n3,b,b,1e-3,1\n';
    const change = fc.record({
      at: fc.nat(90),
      byte: fc.oneof(fc.nat(255), fc.constantFrom(34, 44, 10, 13, 46, 45)),
      cut: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
        let bytes: Uint8Array = new TextEncoder().encode(seed);
        for (const { at, byte, cut } of changes) {
          if (cut === 0) bytes = bytes.slice(0, at);
          else bytes[at % Math.max(1, bytes.length)] = byte;
        }
        try {
          const { rows } = await read(bytes);
          expect(rows.count).toBeGreaterThan(0);
          expect(new Set(textsOf(rows.ids)).size).toBe(rows.count);
        } catch (error) {
          expect((error as Error).name, String(error)).toBe("UserError");
        }
      }),
      { numRuns: 3000 },
    );
  });
});
