import { sum } from "@metricgate/core/statistics/sum";
import { readJsonFile } from "../json-file.ts";
import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { measured } from "../number-text.ts";
import { hasKeys, itemsOf, kindWords, membersOf, valueAt } from "../tree-access.ts";

const example = {
  fit_time: [0.011, 0.012, 0.011],
  score_time: [0.002, 0.002, 0.003],
  test_accuracy: [0.92, 0.9, 0.94],
  test_neg_log_loss: [-0.21, -0.24, -0.2],
};

/** `cross_validate(...)` as JSON. */
export const sklearnCvFormat: MetricFormat = {
  name: "sklearn-cv",
  proof: "tool",
  title: "scikit-learn cross_validate as JSON",
  usual: ["**/*cross_val*.json", "**/*cv_results*.json"],
  example: { path: "out/cross_validate.json", text: `${JSON.stringify(example)}\n` },
  takes:
    "Of each list `test_…` and `train_…` the mean over the folds, with the values of the folds as `repeats`; a fold without a finite score leaves the metric without a value. The times are left out.",
  detect: ({ json }) =>
    hasKeys(json, "fit_time", "score_time") &&
    ["fit_time", "score_time"].every((key) => valueAt(json, key)?.kind === "list")
      ? "sure"
      : undefined,
  read: async (file) => {
    const { root, refuse } = await readJsonFile(file);
    const found: FoundFile = { metrics: [], ignored: [] };
    for (const { key, keyAt, value } of membersOf(root)) {
      if (!/^(?:test|train)_/.test(key) || value.kind !== "list" || value.items.length === 0) {
        found.ignored.push({ name: key, is: /_time$/.test(key) ? "a list of times" : kindWords(value) });
        continue;
      }
      const folds = itemsOf(value).map((item, fold) => {
        if (item.kind === "null") return Number.NaN;
        return item.kind === "number" ? item.value : refuse.field(key, `fold ${fold + 1}`, "a number", item.at);
      });
      const mean = measured(sum(folds) / folds.length);
      const repeats = folds.length > 1 && "value" in mean ? { repeats: folds } : {};
      found.metrics.push({ at: keyAt, metric: { name: key, ...mean, ...repeats } });
    }
    return found;
  },
};
