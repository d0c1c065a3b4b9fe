import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Problem, UserError } from "@metricgate/core/errors/user-error";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { Command } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { evaluateCommand } from "./evaluate.ts";

/** How a file is to be read: the metrics that it holds or that its rows give, or the code of what is wrong. */
type Expected =
  | { stated: Record<string, number | undefined> }
  | { computed: string[] }
  | { refused: string; asTable?: string };

const csv = "id,label,prediction\na,1,1\nb,0,0\nc,1,0\nd,0,0\n";
const accuracy: Expected = { stated: { accuracy: 0.9 } };
const classes: Expected = { computed: ["accuracy", "f1", "precision", "recall"] };
const empty: Expected = { refused: "file-empty" };
const none: Expected = { refused: "no-metrics" };
const shape: Expected = { refused: "metric-shape" };

const files: [file: string, content: string, Expected][] = [
  ["of no bytes.json", "", empty],
  ["of no bytes.csv", "", empty],
  ["object.json", "{}", none],
  ["nested.json", '{"a": {"b": "text"}}', none],
  ["list.json", "[]", none],
  ["null.json", "null", shape],
  ["blank.json", "  \n", { refused: "json-truncated" }],
  ["comment.yaml", "# nothing\n", shape],
  ["header.csv", "metric,value\n", none],
  ["open header.csv", "metric,value", none],
  ["newline.csv", "\n", shape],
  ["metrics.json", '{"accuracy": 0.9}', accuracy],
  ["metrics.yaml", "accuracy: 0.9\n", accuracy],
  ["metrics.txt", "accuracy=0.9\n", accuracy],
  ["metrics.csv", "metric,value\naccuracy,0.9\n", accuracy],
  ["name.csv", "name,value\naccuracy,0.9\n", accuracy],
  ["semicolon.csv", "metric;value\naccuracy;0.9\n", accuracy],
  ["no number.csv", "metric,value\naccuracy,\n", { stated: { accuracy: undefined } }],
  ["bare.csv", "accuracy,0.9\n", accuracy],
  ["bare and cut.csv", "accuracy,0.9", accuracy],
  ["bare.tsv", "accuracy\t0.9\n", accuracy],
  ["bare with semicolon.csv", "accuracy;0.9\n", accuracy],
  ["bare with mark.csv", "\ufeffaccuracy,0.9\n", accuracy],
  ["bare lines.csv", "accuracy,0.9\nf1,0.8\n", { stated: { accuracy: 0.9, f1: 0.8 } }],
  ["bare whole numbers.csv", "rows,100\nscore,1\n", { stated: { rows: 100, score: 1 } }],
  ["bare with unit.csv", "accuracy,0.9,%\n", accuracy],
  ["bare without number.csv", "accuracy,0.9\nf1,\n", { stated: { accuracy: 0.9, f1: undefined } }],
  ["bare quoted.csv", '"f1, macro",0.9\n', { stated: { "f1, macro": 0.9 } }],
  ["bare and blank.csv", "accuracy,0.9\n\nf1,0.8\n", { refused: "row-ragged" }],
  ["bare comma.csv", "accuracy;0,9\n", { refused: "decimal-comma" }],
  ["comma.csv", "accuracy,0,93\n", { refused: "metric-shape", asTable: "label-missing" }],
  ["wide.csv", "accuracy,f1\n0.9,0.8\n", { refused: "metric-shape", asTable: "label-missing" }],
  ["rows without header.csv", "a,1,1\nb,0,0\n", { refused: "metric-shape", asTable: "label-missing" }],
  ["no predictions.csv", "id,label\na,1\n", { refused: "metric-shape", asTable: "prediction-missing" }],
  ["class by number.csv", "label,0\n1,0.9\n", { refused: "metric-shape", asTable: "prediction-missing" }],
  ["predictions.csv", csv, classes],
  ["predictions.tsv", csv.replaceAll(",", "\t"), classes],
  ["predictions.jsonl", '{"label": 1, "prediction": 1}\n{"label": 0, "prediction": 0}\n', classes],
  ["one row.csv", "label,prediction\n1,1\n", classes],
  ["no rows.csv", "id,label,prediction\n", { refused: "metric-shape", asTable: "rows-missing" }],
];

let folder = "";
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "reading-")));
  for (const [name, content] of files) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a command prints, or what it refuses. */
async function tried(command: Command, ...argv: string[]): Promise<{ out: string } | { problems: readonly Problem[] }> {
  const out: string[] = [];
  const messages = { info: () => undefined, warn: () => undefined };
  try {
    await command.run(argv, { out: (text) => out.push(text), environment: {}, folder, colour: false, messages });
    return { out: out.join("") };
  } catch (error) {
    if (error instanceof UserError) return { problems: error.problems };
    throw error;
  }
}

async function evaluated(...flags: string[]) {
  const found = await tried(evaluateCommand, ...flags, "--out", "e.json");
  if ("problems" in found) return found;
  const { metrics } = JSON.parse(await readFile(join(folder, "e.json"), "utf8"));
  return {
    metrics: Object.fromEntries(metrics.map(({ name, value }: { name: string; value?: number }) => [name, value])),
  };
}

/** What compare finds in a file that is compared with itself. */
async function compared(file: string) {
  const found = await tried(compareCommand, file, file, "--json");
  if ("problems" in found) return found;
  const { ungated, gates } = JSON.parse(found.out);
  expect(gates).toEqual([]);
  return {
    metrics: Object.fromEntries(
      ungated.map(({ metric, candidate }: { metric: string; candidate?: number }) => [metric, candidate]),
    ),
  };
}

describe("evaluate and compare read a file alike, or both say what is wrong with it", () => {
  it.each(files)("%s", async (file, _, expected) => {
    const [asMetrics, asTable, both] = [
      await evaluated("--metrics", file),
      await evaluated("--predictions", file),
      await compared(file),
    ];
    if ("stated" in expected) {
      expect(asMetrics).toEqual({ metrics: expected.stated });
      expect(both).toEqual({ metrics: expected.stated });
      return;
    }
    const codes = (found: object) => ("problems" in found ? (found.problems as Problem[]).map(({ code }) => code) : []);
    if ("computed" in expected) {
      expect(codes(asMetrics)).toHaveLength(1);
      expect(Object.keys("metrics" in asTable ? asTable.metrics : {})).toEqual(
        expect.arrayContaining(expected.computed),
      );
      expect(both).toEqual(asTable);
      return;
    }
    const { refused, asTable: other } = expected;
    expect(codes(asMetrics)).toEqual([refused]);
    if (other !== undefined) expect(codes(asTable)).toEqual([other]);
    // A table that has its columns is one, so that only its own fault is told.
    expect(codes(both)).toEqual(
      other === undefined ? [refused] : other === "rows-missing" ? [other] : [other, refused],
    );
    for (const problem of "problems" in both ? both.problems : []) {
      expect(problem.where?.file).toBe(file);
      expect(problem.next).not.toBe("");
    }
  });
});

test("an evaluation without metrics is not compared", async () => {
  const document = { kind: "metricgate/evaluation@1", metrics: [], model: { name: "model" }, source: {} };
  await writeFile(join(folder, "bare.eval.json"), JSON.stringify(document));
  await evaluated("--metrics", "metrics.json");
  for (const sides of [
    ["bare.eval.json", "bare.eval.json"],
    ["e.json", "bare.eval.json"],
    ["bare.eval.json", "metrics.json"],
  ])
    expect(await tried(compareCommand, ...sides)).toMatchObject({
      problems: [{ code: "no-metrics", where: { file: "bare.eval.json" }, next: expect.stringContaining("evaluate") }],
    });
});

test("rows that give no metric are not compared, as they are not evaluated", async () => {
  await writeFile(join(folder, "open.csv"), "label,score\n0,2\n1,3\n2,1\n");
  const refused = { problems: [{ code: "no-metrics", where: { file: "open.csv" } }] };
  expect(await evaluated("--predictions", "open.csv")).toMatchObject(refused);
  expect(await tried(compareCommand, "open.csv", "open.csv")).toMatchObject(refused);
});
