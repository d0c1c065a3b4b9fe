import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directionTable } from "@metricgate/core/metrics/directions";
import { metricFormats } from "@metricgate/formats/metric-files/format-list";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatsCommand } from "./formats.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "formats-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = async (...argv: string[]): Promise<string> => {
  const out: string[] = [];
  const silent = (): void => undefined;
  const messages = { info: silent, warn: silent, error: silent, notice: silent, debug: silent, output: silent };
  const terminal = { out: (text: string) => void out.push(text), environment: {}, folder, colour: false, messages };
  expect(await formatsCommand.run(argv, terminal)).toBe(0);
  return out.join("");
};

describe("metricgate formats", () => {
  it("lists every format with its title", async () => {
    const text = await run();
    for (const { name, title } of metricFormats)
      expect(text).toMatch(new RegExp(`^${name} .*${title.replace(/[()*+.]/g, "\\$&")}`, "m"));
    expect(JSON.parse(await run("--json"))).toHaveLength(metricFormats.length);
  });

  it("lists every name whose direction is known, with its source", async () => {
    const text = await run("--directions");
    for (const { name, source } of directionTable) expect(text).toMatch(new RegExp(`^${name} .*${source}`, "m"));
  });

  it("explains a file: format and why, directions, what was left out, the policy line for what nobody knows", async () => {
    writeFileSync(
      join(folder, "m.json"),
      '{"accuracy": 0.9, "train_loss": 1, "oddity": 3, "name": "x\\u001b[31m", "loss": NaN}',
    );
    const text = await run("m.json");
    expect(text).toContain('"m.json" was read as json: it reads as one, and no other format is surer.');
    expect(text).toMatch(/"accuracy" +0\.9 +higher/);
    expect(text).toMatch(/"train_loss" +1 +of the run/);
    expect(text).toMatch(/"loss" +none \(not-finite\) +lower/);
    expect(text).toMatch(/"name" +a text/);
    expect(text).toContain('- { metric: "oddity", direction: up, max-drop: 0.01 }');
    expect(text).not.toContain("\u001b");
    expect(await run("json:m.json")).toContain("you named it");
  });

  it("explains a prediction table: what was taken for what, its classes, and what is computed", async () => {
    writeFileSync(join(folder, "p.csv"), "id,y_true,y_score,c\n1,no,0.2,BR\n2,yes,0.9,\u001b[31m\n");
    const text = await run("p.csv", "--slices", "c");
    expect(text).toContain('"p.csv" was read as a prediction table of 2 rows.');
    expect(text).toContain('Taken from p.csv: "id" as id, "y_true" as label, "y_score" as score.');
    expect(text).toContain('classes: "no", "yes"\npositive class: "yes"\n');
    expect(text).toMatch(/computed unless others are named: accuracy, .*roc_auc/);
    expect(text).toMatch(/"slice:c" +2 distinct values/);
    expect(text).not.toContain("\u001b");
    writeFileSync(join(folder, "m.jsonl"), '{"tags":["a"],"p":["a","b"]}\n{"tags":[],"p":[]}\n');
    const named = ["m.jsonl", "--columns", "label=tags", "--columns", "prediction=p"];
    expect(await run(...named)).toContain("task: classification, any number of classes a row");
    expect(JSON.parse(await run(...named, "--json"))).toMatchObject({ rows: 2, task: { multilabel: true } });
  });

  it("explains the part of a file that is named behind #", async () => {
    const example = metricFormats.find(({ name }) => name === "mlflow-sqlite")?.example.base64 ?? "";
    writeFileSync(join(folder, "mlflow.db"), Buffer.from(example, "base64"));
    expect(await run("mlflow.db")).toContain("was read as mlflow-sqlite");
    await expect(run("mlflow.db#no such run")).rejects.toThrow(/no such run/);
  });

  it("shows curves and rows, and as JSON their number", async () => {
    const example = metricFormats.find(({ name }) => name === "promptfoo")?.example.text ?? "";
    writeFileSync(join(folder, "p.json"), example);
    expect(await run("p.json")).toContain("2 rows that pair by id; computed from them: mean(pass), mean(score)");
    expect(JSON.parse(await run("p.json", "--json"))).toMatchObject({ format: "promptfoo", rows: { count: 2 } });
    writeFileSync(join(folder, "log.csv"), "epoch,val_loss\n0,0.5\n1,0.4\n");
    expect(await run("log.csv")).toMatch(/1 curves[\s\S]*"val_loss" +2 points by epoch/);
    expect(await run("log.csv")).toContain('- { metric: "best(val_loss)", direction: down, max-rise: 0.01 }\n');
  });

  it("a table that evaluate reads as metrics is read here too, with and without a header", async () => {
    writeFileSync(join(folder, "m.csv"), "accuracy,0.93\nloss,0.2\n");
    expect(await run("m.csv")).toContain('"m.csv" was read as table');
  });

  it("a file that is neither a prediction table nor a metric file gets both causes", async () => {
    writeFileSync(join(folder, "m.csv"), "epoch_number,quality\n1,0.93\n");
    await expect(run("m.csv")).rejects.toMatchObject({
      problems: [
        { code: "label-missing", text: expect.stringMatching(/^As a prediction table: /) },
        { text: expect.stringMatching(/^As a metric file: /) },
      ],
    });
    writeFileSync(join(folder, "p.csv"), "id,y_true,y_score\n1,a,0.2\n2,b,0.9\n");
    await expect(run("p.csv")).rejects.toMatchObject({ problems: [{ code: "positive-unknown" }] });
    mkdirSync(join(folder, "plots/metrics"), { recursive: true });
    writeFileSync(join(folder, "plots/metrics/acc.tsv"), "step\tacc\n0\t0.5\n1\t0.");
    await expect(run("plots/metrics/acc.tsv")).rejects.toThrow(/does not end/);
  });
});
