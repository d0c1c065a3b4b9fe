import { describe, expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import { metricFormats } from "./format-list.ts";
import { type ReadMetrics, readMetrics } from "./read-metrics.ts";

const read = (path: string, text: unknown): Promise<ReadMetrics> =>
  readMetrics(memorySource(path, typeof text === "string" ? text : JSON.stringify(text)));
const example = (name: string): Promise<ReadMetrics> => {
  const found = metricFormats.find((format) => format.name === name)?.example;
  return read(found?.path ?? "", found?.text ?? "");
};
const shortly = ({ metrics }: ReadMetrics): unknown[] =>
  metrics.map(({ name, value, undefined: reason, direction = "none" }) => [name, value ?? reason, direction]);

describe("what is taken from the files of tools", () => {
  it("scikit-learn cross_validate: the mean of the folds and not the last one, with the folds as repeats", async () => {
    const found = await read("cv.json", {
      fit_time: [0.1, 0.2],
      score_time: [0.01, 0.02],
      test_accuracy: [0.75, 0.25],
      test_neg_log_loss: [-0.5, -0.25],
      train_accuracy: [1, 0.5],
      test_roc_auc: [0.5, null],
    });
    expect(found.format).toBe("sklearn-cv");
    expect(shortly(found)).toEqual([
      ["test_accuracy", 0.5, "up"],
      ["test_neg_log_loss", -0.375, "up"],
      ["train_accuracy", 0.75, "none"],
      ["test_roc_auc", "not-finite", "up"],
    ]);
    expect(found.metrics.map(({ repeats }) => repeats)).toEqual([[0.75, 0.25], [-0.5, -0.25], [1, 0.5], undefined]);
    expect(found.notes).toMatchObject([{ code: "values-ignored", text: expect.stringContaining("fit_time") }]);
  });

  it("scikit-learn reports: a support with sample weights is not taken as n", async () => {
    const values = { precision: 0.9, recall: 0.8, "f1-score": 0.85 };
    const report = { a: { ...values, support: 12.5 }, "macro avg": { ...values, support: 20 }, accuracy: 0.9 };
    const { metrics, notes } = await read("report.json", report);
    expect(new Set(metrics.map(({ n }) => n))).toEqual(new Set([undefined, 20]));
    expect(notes.map(({ code }) => code)).toEqual(["support-weighted"]);
  });

  it("TOML with a comma on its first line is TOML, and names with = in a table stay names", async () => {
    const toml = await read("metrics.toml", "loss_by_epoch = [0.5, 0.25]\naccuracy = 0.75\n");
    expect([toml.format, ...shortly(toml)]).toEqual(["toml", ["accuracy", 0.75, "up"]]);
    expect(shortly(await read("m.csv", "recall@fpr=0.01,0.75\n"))).toEqual([["recall@fpr=0.01", 0.75, "up"]]);
    expect(shortly(await read("m.csv", "metric,value\nrecall@k=5,1\n"))).toEqual([["recall@k=5", 1, "up"]]);
  });

  it("lm-eval: direction and standard error from the file, n, filters, groups once, limits and questions that cannot be proven", async () => {
    const found = await read("results.json", {
      results: {
        mmlu: {
          alias: "mmlu",
          "acc,none": 0.5,
          "acc_stderr,none": 0.01,
          sample_count: 30,
          sample_len: 30,
          name: "mmlu",
        },
        gsm8k: { alias: "gsm8k", "exact_match,strict-match": 0.4, "exact_match,flexible-extract": 0.45 },
        wiki: { alias: "wiki", "word_perplexity,none": 12, "word_perplexity_stderr,none": "N/A", "odd,none": null },
      },
      groups: { mmlu: { alias: "mmlu", "acc,none": 0.5 } },
      higher_is_better: {
        mmlu: { acc: true },
        gsm8k: { exact_match: true },
        wiki: { word_perplexity: false, odd: null },
      },
      "n-samples": { gsm8k: { original: 1319, effective: 100 } },
      config: { limit: 100 },
      task_hashes: {},
    });
    expect(found.format).toBe("lm-eval");
    expect(shortly(found)).toEqual([
      ["mmlu.acc", 0.5, "up"],
      ["gsm8k.exact_match,strict-match", 0.4, "up"],
      ["gsm8k.exact_match,flexible-extract", 0.45, "up"],
      ["wiki.word_perplexity", 12, "down"],
      ["wiki.odd", "null", "none"],
    ]);
    expect(found.metrics.map(({ n, stderr }) => [n, stderr])).toEqual([
      [30, 0.01],
      [100, undefined],
      [100, undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(found.evalSet).toBeUndefined();
    expect(found.notes.map(({ code }) => code)).toEqual(["limited-run", "questions-unknown"]);
    expect((await example("lm-eval")).evalSet?.text).toContain("8a1f 10042");
  });

  it("Trainer: eval_ is judged with n, train_ and run times are not; the state gives last values, curves and the best", async () => {
    const results = await example("hf-trainer");
    expect(results.metrics.filter(({ direction }) => direction !== undefined)).toMatchObject([
      { name: "eval_accuracy", value: 0.91, direction: "up", n: 872 },
      { name: "eval_loss", value: 0.31, direction: "down", n: 872 },
    ]);
    const state = await example("hf-trainer-state");
    expect(shortly(state)).toEqual([
      ["epoch", 2, "none"],
      ["eval_accuracy", 0.88, "up"],
      ["best(eval_accuracy)", 0.9, "none"],
      ["train_loss", 0.3, "none"],
    ]);
    expect(state.curves).toMatchObject([
      {
        name: "eval_accuracy",
        x: "step",
        points: [
          [10, 0.9],
          [20, 0.88],
        ],
      },
    ]);
    expect(state.notes.map(({ code }) => code)).toContain("last-not-best");
  });

  it("W&B: the run's own keys and media are left out, and a summary of nothing else says where the values are", async () => {
    const found = await read("wandb-summary.json", {
      "val/acc": 0.9,
      chart: { _type: "table-file" },
      _step: 3,
      _runtime: 2,
    });
    expect(shortly(found)).toEqual([["val/acc", 0.9, "up"]]);
    const empty = await problemOf(() => read("wandb/run-1/files/wandb-summary.json", { _wandb: { runtime: 3 } }));
    expect(empty).toMatchObject({ code: "no-metrics", next: expect.stringContaining("write the metrics as JSON") });
  });

  it("k6: times in ms and failures are better when lower, checks when higher, counts are not judged; both forms of the file", async () => {
    const both = [
      await example("k6"),
      await read("summary.json", {
        root_group: {},
        metrics: {
          http_req_duration: { type: "trend", contains: "time", values: { avg: 12.1, "p(95)": 25.5 }, thresholds: {} },
          http_req_failed: { type: "rate", contains: "default", values: { rate: 0.002, passes: 2, fails: 998 } },
          checks: { type: "rate", contains: "default", values: { rate: 0.99, passes: 99, fails: 1 } },
        },
      }),
    ];
    for (const found of both) {
      expect(found.metrics.find(({ name }) => name === "http_req_duration.p(95)")).toMatchObject({
        value: 25.5,
        unit: "ms",
        direction: "down",
      });
      const judged = found.metrics.filter(
        ({ name, direction }) => direction !== undefined && /failed|checks|reqs$/.test(name),
      );
      expect(judged.map(({ direction, value }) => [value, direction])).toEqual([
        [0.002, "down"],
        [0.99, "up"],
      ]);
    }
  });

  it("Evidently: names without empty parentheses, mappings by key, labels as slices, no direction for drift", async () => {
    expect((await example("evidently")).metrics).toMatchObject([
      { name: "Accuracy", value: 0.91, direction: "up" },
      { name: "DriftedColumnsCount(drift_share=0.5).count", value: 1 },
      { name: "DriftedColumnsCount(drift_share=0.5).share", value: 0.25 },
      { name: "F1ByLabel", slice: { label: "cat" }, value: 0.9 },
      { name: "F1ByLabel", slice: { label: "dog" }, value: 0.8 },
    ]);
    const drift = await read("e.json", { metrics: [{ id: "1", metric_name: "ValueDrift(column=a)", value: 0.04 }] });
    expect(drift.metrics[0]?.direction).toBeUndefined();
  });

  it("Lightning: sparse cells give each column its own last value, wherever step and epoch stand", async () => {
    const found = await read(
      "version_3/metrics.csv",
      "val_acc,epoch,train_loss,step\n,0,0.6,9\n0.7,0,,9\n,1,0.4,19\n0.65,1,,19\n",
    );
    expect(found.format).toBe("lightning-csv");
    expect(shortly(found)).toEqual([
      ["val_acc", 0.65, "up"],
      ["best(val_acc)", 0.7, "none"],
      ["train_loss", 0.4, "none"],
    ]);
    expect(found.curves.map(({ points }) => points)).toEqual([
      [
        [9, 0.7],
        [19, 0.65],
      ],
      [
        [9, 0.6],
        [19, 0.4],
      ],
    ]);
  });

  it("YOLO: padded headers, the last row as it is and the best row by name, which a note tells", async () => {
    const text =
      "                  epoch,      metrics/mAP50-95(B),      train/box_loss,   lr/pg0\n    1,   0.31,  1.5, 0.01\n    2,   0.42,  1.2, 0.01\n    3,   0.40,  1.1, 0.01\n";
    const found = await read("runs/detect/train/results.csv", text);
    expect(found.format).toBe("ultralytics");
    expect(shortly(found)).toEqual([
      ["metrics/mAP50-95(B)", 0.4, "up"],
      ["best(metrics/mAP50-95(B))", 0.42, "none"],
      ["train/box_loss", 1.1, "none"],
      ["lr/pg0", 0.01, "none"],
    ]);
    expect(found.notes[0]?.text).toContain("epoch 2");
  });

  it("histories: one that ends in NaN has no value, and a text in a list is refused", async () => {
    expect((await read("h.json", '{"valid": {"auc": [0.5, NaN]}}')).metrics[0]).toMatchObject({
      undefined: "not-finite",
    });
    expect((await problemOf(() => read("history-json.json", { a: [1, "x"] }))).code).toBe("metric-field");
  });

  it("Locust: N/A and no requests are metrics without a value", async () => {
    const head =
      "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Requests/s,50%,95%\n";
    const found = await read("x_stats.csv", `${head},Aggregated,0,0,N/A,0,0.0,N/A,N/A\n`);
    expect(found.metrics.find(({ name }) => name === "response_time.p95")).toMatchObject({ undefined: "not-measured" });
    expect(found.metrics.find(({ name }) => name === "failure_rate")).toMatchObject({ undefined: "not-measured" });
  });

  it("promptfoo: named scores are divided by their weights, several prompts are slices, errors did not pass", async () => {
    const metrics = {
      testPassCount: 1,
      testFailCount: 0,
      testErrorCount: 1,
      namedScores: { tone: 3 },
      namedScoreWeights: { tone: 4 },
      namedScoresCount: { tone: 2 },
    };
    const row = { promptIdx: 0, score: 0, namedScores: {} };
    const found = await read("p.json", {
      results: {
        version: 3,
        prompts: [
          { label: "a", provider: "x", metrics },
          { label: "b", provider: "x", metrics },
        ],
        results: [
          { ...row, testIdx: 10, success: true, score: 1 },
          { ...row, testIdx: 9, success: false, failureReason: 2, error: "timeout" },
          { ...row, testIdx: 9, promptIdx: 1, success: true, score: 1 },
        ],
      },
    });
    expect(found.metrics.find(({ name }) => name === "tone")).toMatchObject({
      value: 0.75,
      slice: { prompt: "0 x a" },
    });
    expect(found.metrics.find(({ name }) => name === "pass_rate")?.value).toBe(0.5);
    expect(found.notes.map(({ code }) => code)).toContain("tests-errored");
    expect(found.rows?.rows.columns.get("value:pass")).toMatchObject({ values: Float64Array.of(1, 0, 1) });
    expect(found.rows?.task.slices).toEqual(["prompt"]);
  });

  it("lines: an unreadable one is an error with its number", async () => {
    expect(await problemOf(() => read("m.txt", "acc = 0.9\nwhat is this\n"))).toMatchObject({
      code: "metric-shape",
      where: { line: 2 },
    });
    expect(await problemOf(() => read("m.txt", "acc = 0.9\nloss = low\n"))).toMatchObject({
      code: "metric-field",
      where: { line: 2 },
    });
    expect(shortly(await read("m.txt", "# x\nexport acc=0.9\nloss = nan\n"))).toEqual([
      ["acc", 0.9, "up"],
      ["loss", "not-finite", "down"],
    ]);
  });
});
