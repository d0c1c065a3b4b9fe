import type { Tree } from "../../tree/tree.ts";
import { historyMetrics, type Series } from "../history-metrics.ts";
import { readJsonFile } from "../json-file.ts";
import type { FileHead, MetricFormat } from "../metric-format.ts";
import { trainingNames } from "../training-names.ts";
import { itemsOf, membersOf } from "../tree-access.ts";

/** Histories of XGBoost and LightGBM `{set: {metric: [per round]}}`, and of Keras `{metric: [per epoch]}`. */
export const historyJsonFormat: MetricFormat = {
  name: "history-json",
  proof: "tool",
  title: "XGBoost, LightGBM and Keras histories as JSON",
  usual: ["**/*evals_result*.json", "**/*history*.json"],
  example: {
    path: "out/evals_result.json",
    text: '{"train": {"logloss": [0.6, 0.4, 0.3]}, "valid": {"logloss": [0.62, 0.5, 0.51], "error@0.3": [0.3, 0.2, 0.2]}}\n',
  },
  takes:
    "The last value of each list as `SET.METRIC` (Keras: `METRIC`, and `train_METRIC` where there is a `val_METRIC`), the lists as curves, and `best(NAME)`, which is judged only by a gate that names it.",
  detect,
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const series: Series[] = [];
    const add = (key: string, value: Tree, at: number): void => {
      const points = itemsOf(value).map((item, index): [number, number] => {
        if (item.kind !== "number") return refuse.field(key, `value ${index + 1}`, "a number", item.at);
        return [index, item.value];
      });
      series.push({ name: key, points, at });
    };
    for (const { key, keyAt, value } of membersOf(root)) {
      if (value.kind === "list") add(key, value, keyAt);
      else for (const metric of membersOf(value)) add(`${key}.${metric.key}`, metric.value, metric.keyAt);
    }
    return historyMetrics(trainingNames(series), "epoch", name);
  },
};

function detect({ json }: FileHead): "likely" | undefined {
  const members = membersOf(json);
  const lists = (tree: Tree): boolean =>
    tree.kind === "list" && tree.items.length > 0 && tree.items.every((item) => item.kind === "number");
  const fits = members.every(
    ({ value }) =>
      lists(value) ||
      (value.kind === "mapping" && value.members.length > 0 && value.members.every((one) => lists(one.value))),
  );
  return members.length > 0 && fits ? "likely" : undefined;
}
