import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { metricFormats } from "@metricgate/formats/metric-files/format-list";
import type { ReadMetrics } from "@metricgate/formats/metric-files/read-metrics";
import { readMetricFile } from "@metricgate/pipeline/evaluate/read-metric-file";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const python = process.env.METRICGATE_PYTHON ?? "python3";
const tools = "catboost dvc dvclive evidently keras lightgbm lm_eval locust mlflow pytest_benchmark sklearn xgboost";
const findTools = `import importlib.util as i; assert all(map(i.find_spec, "${tools}".split()))`;
const folders = [
  ...(process.env.PATH ?? "").split(delimiter),
  join(process.env.GOPATH ?? join(homedir(), "go"), "bin"),
];
const k6 = folders.map((one) => join(one, "k6")).find((file) => existsSync(file));
const present = k6 !== undefined && spawnSync(python, ["-c", findTools]).status === 0;
const runs = present || process.env.METRICGATE_REQUIRE_REAL === "1";
if (!runs) console.warn(`Files of real tools: one of k6 ${tools} is missing; run test/servers/install-real.sh`);

interface Expected {
  [tool: string]: Record<string, number>;
}

/** The formats whose files this run has read, and those that binary-metrics.test.ts reads. */
const proven = new Set(["tensorboard", "mlflow-sqlite"]);

let folder = "";
let expected: Expected = {};
let failed: Record<string, string> = {};

describe.runIf(runs)("files that the tools themselves have just written", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "real-files-"));
    const script = fileURLToPath(new URL("write-files.py", import.meta.url));
    const env = { ...process.env, METRICGATE_K6: k6 };
    const done = spawnSync(python, [script, folder], { encoding: "utf8", timeout: 280_000, env });
    expect(done.status, done.stderr).toBe(0);
    const written = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
    failed = written.failed ?? {};
    expected = written;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = async (pattern: string): Promise<ReadMetrics> => {
    const workspace = await nodeWorkspace(folder);
    const [path, ...others] = await workspace.find([pattern]);
    expect([path, others.length], `${pattern} ${JSON.stringify(failed)}`).toEqual([expect.any(String), 0]);
    const found = await readMetricFile(path ?? "", { workspace });
    proven.add(found.format);
    return found;
  };
  const measuredAs = (
    { metrics }: ReadMetrics,
    name: string,
    slice?: Record<string, string>,
  ): number | string | undefined => {
    const found = metrics.find((one) => one.name === name && JSON.stringify(one.slice) === JSON.stringify(slice));
    return found?.value ?? found?.undefined;
  };

  test("every tool ran", () => {
    expect(failed).toEqual({});
  });

  test.each([
    ["sklearn/report.json", "sklearn-report", "accuracy", "sklearn", "accuracy"],
    ["sklearn/report.json", "sklearn-report", "macro avg.recall", "sklearn", "macro"],
    ["sklearn-cv/cross_validate.json", "sklearn-cv", "test_accuracy", "sklearn-cv", "test_accuracy"],
    ["sklearn-cv/cross_validate.json", "sklearn-cv", "test_neg_log_loss", "sklearn-cv", "test_neg_log_loss"],
    ["xgboost/evals_result.json", "history-json", "valid.logloss", "xgboost", "logloss"],
    ["xgboost/evals_result.json", "history-json", "best(valid.logloss)", "xgboost", "best"],
    ["lightgbm/evals_result.json", "history-json", "valid_0.auc", "lightgbm", "auc"],
    ["keras/history.json", "history-json", "val_accuracy", "keras", "val_accuracy"],
    ["keras/log.csv", "keras-csv", "val_loss", "keras", "val_loss"],
    ["mlflow/mlruns/*/*/metrics/val/accuracy", "mlflow-file", "val/accuracy", "mlflow", "val/accuracy"],
    ["dvclive/dvclive/metrics.json", "dvclive", "val.accuracy", "dvclive", "val.accuracy"],
    ["dvclive/dvclive/plots/metrics/val/accuracy.tsv", "dvclive-tsv", "val.accuracy", "dvclive", "val.accuracy"],
    ["pytest/bench.json", "pytest-benchmark", "test_speed.py::test_sum[10]", "pytest", "test_speed.py::test_sum[10]"],
    ["locust/load_stats.csv", "locust", "response_time.mean", "locust", "csv"],
    ["locust/load.json", "locust-json", "response_time.mean", "locust", "json"],
    ["lm-eval/out/**/results_*.json", "lm-eval", "sums.acc", "lm-eval", "acc"],
    ["lm-eval/out/**/results_*.json", "lm-eval", "sums.brier_score", "lm-eval", "brier"],
    ["evidently/evidently.json", "evidently", "Accuracy(classification_name=default)", "evidently", "accuracy"],
    ["evidently/evidently.json", "evidently", "MeanValue(column=x)", "evidently", "mean"],
    ["evidently/evidently.json", "evidently", "RowCount", "evidently", "count"],
    ["evidently/evidently.json", "evidently", "DriftedColumnsCount(drift_share=0.5).count", "evidently", "drifted"],
    ["k6/summary.json", "k6", "http_req_duration.max", "k6", "max"],
    ["k6/summary.json", "k6", "http_req_failed.value", "k6", "failed"],
    ["k6/summary.json", "k6", "checks.value", "k6", "checks"],
    ["k6/summary.json", "k6", "http_reqs.count", "k6", "requests"],
    ["k6/handled.json", "k6", "http_req_duration.p(95)", "k6", "handled"],
  ] as const)("%s is read as %s, and %s is the tool's own value", async (path, format, name, tool, key) => {
    const found = await read(path);
    expect(found.format).toBe(format);
    expect(expected[tool]?.[key]).toBeTypeOf("number");
    expect(measuredAs(found, name)).toBe(expected[tool]?.[key]);
  });

  test.each([
    ["catboost/catboost_training.json", "catboost-json"],
    ["catboost/test_error.tsv", "catboost-tsv"],
  ])("%s is read as %s with the tool's AUC to the digits that the file has", async (path, format) => {
    const found = await read(path);
    expect(found.format).toBe(format);
    expect(measuredAs(found, "test.AUC")).toBeCloseTo(expected.catboost?.auc ?? Number.NaN, 8);
    expect(found.curves.find(({ name }) => name === "test.AUC")?.points).toHaveLength(8);
  });

  test("classes of scikit-learn are slices, whatever they are called, and NaN is no value", async () => {
    const report = await read("sklearn/report.json");
    expect(measuredAs(report, "f1-score", { class: "a" })).toBe(expected.sklearn?.f1);
    expect(measuredAs(report, "recall", { class: "b.c" })).toBeTypeOf("number");
    expect(report.metrics.every(({ name }) => !name.includes("support"))).toBe(true);
    const micro = await read("sklearn/micro.json");
    expect(measuredAs(micro, "micro avg.f1-score")).toBeTypeOf("number");
  });

  test("what DVC shows of dvc.yaml is what is read, text apart", async () => {
    const { metrics, format } = await read("dvc/dvc.yaml");
    expect(format).toBe("dvc-yaml");
    const shown = expected.dvc as unknown as Record<string, { data: Record<string, unknown> }>;
    const flat = (value: unknown, name: string): [string, number][] =>
      typeof value === "number"
        ? [[name, value]]
        : typeof value === "object" && value !== null
          ? Object.entries(value).flatMap(([key, one]) => flat(one, name === "" ? key : `${name}.${key}`))
          : [];
    const wanted = Object.values(shown).flatMap(({ data }) => flat(data, ""));
    expect(wanted.length).toBe(6);
    expect(metrics.map(({ name, value }) => [name, value]).sort()).toEqual(wanted.sort());
    for (const [file, kind] of Object.entries({
      "metrics.yaml": "yaml",
      "more.toml": "toml",
      "metrics.json": "json",
    })) {
      const alone = await read(`dvc/${file}`);
      expect(alone.format).toBe(kind);
      expect(alone.metrics.map(({ name, value }) => [name, value])).toEqual(flat(shown[file]?.data, ""));
    }
  });

  test("lm-eval's standard error, n and directions are its own", async () => {
    const { metrics, evalSet } = await read("lm-eval/out/**/results_*.json");
    const { stderr, n, up, down } = expected["lm-eval"] ?? {};
    expect([up, down]).toEqual([true, true]);
    const own = metrics.find(({ name }) => name === "sums.acc");
    expect(own).toMatchObject({ stderr, n, direction: "up" });
    expect(metrics.find(({ name }) => name === "sums.brier_score")).toMatchObject({ n, direction: "down" });
    expect(evalSet?.text).toMatch(/[0-9a-f]{64}/);
  });

  test("Evidently's labels are slices; k6's times and failures are better when lower, its checks when higher", async () => {
    const report = await read("evidently/evidently.json");
    const labels = Object.entries(expected.evidently?.["by label"] ?? {});
    expect(labels).toHaveLength(3);
    for (const [label, value] of labels)
      expect(measuredAs(report, "F1ByLabel(classification_name=default)", { label })).toBe(value);
    const { metrics } = await read("k6/summary.json");
    const directions = ["http_req_duration.p(95)", "http_req_failed.value", "checks.value", "http_reqs.count"].map(
      (name) => metrics.find((one) => one.name === name)?.direction,
    );
    expect(directions).toEqual(["down", "down", "up", undefined]);
  });

  test("MLflow's NaN is no value; training sets have no direction; JUnit's numbers carry their case", async () => {
    expect(measuredAs(await read("mlflow/mlruns/*/*/metrics/loss"), "loss")).toBe("not-finite");
    const keras = await read("keras/log.csv");
    expect(keras.metrics.find(({ name }) => name === "train_loss")?.direction).toBeUndefined();
    const catboost = await read("catboost/catboost_training.json");
    expect(catboost.metrics.find(({ name }) => name === "learn.Logloss")).toMatchObject({ value: expect.any(Number) });
    expect(catboost.metrics.find(({ name }) => name === "learn.Logloss")?.direction).toBeUndefined();
    expect(catboost.metrics.find(({ name }) => name === "test.AUC")?.direction).toBe("up");
    const junit = await read("pytest/junit.xml");
    expect(measuredAs(junit, "test_accuracy.accuracy")).toBe(0.93);
    expect(measuredAs(junit, "test_accuracy.loss")).toBe("not-finite");
  });

  test("every format that claims this proof is read here, and none is that does not claim it", () => {
    const of = (wanted: string) => metricFormats.filter(({ proof }) => proof === wanted).map(({ name }) => name);
    const [tool, shape, own] = ["tool", "shape", "own"].map(of);
    console.log(
      `${metricFormats.length} formats: ${tool?.length} by files of the tool itself, ${shape?.length} by the documented shape (${shape?.join(", ")}), ${own?.length} our own (${own?.join(", ")})`,
    );
    expect([...proven].sort()).toEqual(tool?.sort());
  });
});
