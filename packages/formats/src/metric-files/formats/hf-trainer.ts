import { memberOf } from "../../tree/tree.ts";
import { columnSeries, historyMetrics } from "../history-metrics.ts";
import { readJsonFile } from "../json-file.ts";
import type { FileHead, MetricFormat } from "../metric-format.ts";
import { nestedMetrics } from "../nested-metrics.ts";
import { hasKeys, itemsOf, membersOf, numberAt, valueAt } from "../tree-access.ts";

/** `{"epoch": 3.0, "eval_accuracy": …, "eval_runtime": …}` as `Trainer.save_metrics` writes it. */
export const hfResultsFormat: MetricFormat = {
  name: "hf-trainer",
  proof: "shape",
  title: "Hugging Face Trainer results",
  usual: ["**/all_results.json", "**/eval_results.json", "**/predict_results.json"],
  example: {
    path: "out/all_results.json",
    text: '{"epoch": 3.0, "eval_accuracy": 0.91, "eval_loss": 0.31, "eval_runtime": 12.4, "eval_samples": 872, "train_loss": 0.2, "train_runtime": 310.5}\n',
  },
  takes:
    "Every number, `eval_samples` as n of the `eval_` metrics. `train_` metrics, run times, rates and counts are shown and not judged unless a gate names them.",
  detect: detectResults,
  read: async (file) => {
    const { root, refuse } = await readJsonFile(file);
    const found = nestedMetrics(root, refuse);
    const metrics = found.metrics.map((one) => {
      const [split = ""] = one.metric.name.split("_");
      const n = one.metric.name === `${split}_samples` ? undefined : numberAt(root, `${split}_samples`);
      return n === undefined || !(n >= 0) ? one : { ...one, metric: { ...one.metric, n } };
    });
    return { ...found, metrics };
  },
};

function detectResults({ json }: FileHead): "sure" | undefined {
  const keys = membersOf(json).map(({ key }) => key);
  const ours = keys.every((key) => /^(eval|train|predict|test)_|^(epoch|total_flos|step)$/.test(key));
  return ours && keys.some((key) => /^[a-z]+_(runtime|samples_per_second)$/.test(key)) ? "sure" : undefined;
}

/** The log of a training run. */
export const hfStateFormat: MetricFormat = {
  name: "hf-trainer-state",
  proof: "shape",
  title: "Hugging Face trainer_state.json",
  usual: ["**/trainer_state.json"],
  example: {
    path: "out/trainer_state.json",
    text: '{"best_metric": 0.9, "epoch": 2.0, "global_step": 20, "log_history": [{"epoch": 1.0, "eval_accuracy": 0.9, "step": 10}, {"epoch": 2.0, "eval_accuracy": 0.88, "step": 20}, {"epoch": 2.0, "step": 20, "train_loss": 0.3}]}\n',
  },
  takes:
    "`log_history`: the last value of every name and its curve by step; `best(NAME)` where it is known which way is good. `best_metric` is left out, as the file does not say of what it is.",
  detect: ({ json }) =>
    valueAt(json, "log_history")?.kind === "list" && hasKeys(json, "global_step") ? "sure" : undefined,
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const list = valueAt(root, "log_history");
    if (list?.kind !== "list")
      return refuse.shape(`${name} has no list log_history.`, "Let the Trainer write it.", root.at);
    const rows = itemsOf(list);
    const columns = [...new Set(rows.flatMap((row) => membersOf(row).map(({ key }) => key)))];
    const series = columnSeries(
      {
        columns,
        count: rows.length,
        number: (row, column) => numberAt(rows[row], columns[column] ?? ""),
        at: (row) => rows[row]?.at ?? list.at,
      },
      "step",
      ["step"],
    );
    const texts = rows.flatMap((row) => membersOf(row)).filter(({ value }) => value.kind !== "number");
    const found = historyMetrics(
      series.filter(({ points }) => points.length > 0),
      "step",
      name,
    );
    const ignored = [...new Set(texts.map(({ key }) => key))].map((key) => ({
      name: key,
      is: "no number in some rows",
    }));
    const best = memberOf(root, "best_metric");
    return {
      ...found,
      ignored: [...ignored, ...(best === undefined ? [] : [{ name: "best_metric", is: "without a name" }])],
    };
  },
};
