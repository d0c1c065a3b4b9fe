import type { Direction } from "@metricgate/core/documents/fields";
import type { Tree } from "../../tree/tree.ts";
import { readDelimited } from "../delimited.ts";
import { columnSeries, historyMetrics, type Series } from "../history-metrics.ts";
import { readJsonFile } from "../json-file.ts";
import type { MetricFormat } from "../metric-format.ts";
import { hasKeys, itemsOf, numberAt, textAt, valueAt } from "../tree-access.ts";

const ways: Readonly<Record<string, Direction>> = { Max: "up", Min: "down" };

/** `catboost_training.json` in the `train_dir`. */
export const catboostJsonFormat: MetricFormat = {
  name: "catboost-json",
  proof: "tool",
  title: "CatBoost catboost_training.json",
  usual: ["**/catboost_training.json", "**/catboost_info/catboost_training.json"],
  example: {
    path: "catboost_info/catboost_training.json",
    text: '{\n"meta":{"test_sets":["test"],"test_metrics":[{"best_value":"Max","name":"AUC"}],"learn_metrics":[{"best_value":"Min","name":"Logloss"}],"learn_sets":["learn"]},\n"iterations":[\n{"learn":[0.67],"iteration":0,"test":[0.71]},\n{"learn":[0.64],"iteration":1,"test":[0.77]}\n]}\n',
  },
  takes:
    "The last iteration as `test.METRIC` and `learn.METRIC` with the direction that the file states, the iterations as curves, and `best(NAME)`, which is judged only by a gate that names it.",
  detect: ({ json }) => (hasKeys(valueAt(json, "meta"), "learn_metrics", "test_metrics") ? "sure" : undefined),
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const meta = valueAt(root, "meta");
    const iterations = itemsOf(valueAt(root, "iterations"));
    const series: Series[] = ["learn", "test"].flatMap((kind) =>
      itemsOf(valueAt(meta, `${kind}_sets`)).flatMap((set) =>
        itemsOf(valueAt(meta, `${kind}_metrics`)).map((metric, index): Series => {
          const setName = set.kind === "text" ? set.value : kind;
          const title =
            textAt(metric, "name") ??
            refuse.shape(`A metric of ${name} has no name.`, "Let CatBoost write it.", metric.at);
          const direction = ways[textAt(metric, "best_value") ?? ""];
          const points = iterations.flatMap((row): [number, number][] => {
            const value = itemsOf(valueAt(row, setName))[index];
            return value?.kind === "number" ? [[numberAt(row, "iteration") ?? 0, value.value]] : [];
          });
          return {
            name: `${setName}.${title}`,
            points,
            at: lastAt(iterations, root),
            ...(direction === undefined ? {} : { direction }),
          };
        }),
      ),
    );
    return historyMetrics(withoutLearning(series), "step", name);
  },
};

/** A stated direction would let the learning set be judged. */
function withoutLearning(series: readonly Series[]): Series[] {
  return series.map(({ direction, ...one }) =>
    direction === undefined || one.name.startsWith("learn.") ? one : { ...one, direction },
  );
}

function lastAt(rows: readonly Tree[], root: Tree): number {
  return rows.at(-1)?.at ?? root.at;
}

/** `learn_error.tsv` and `test_error.tsv` in the `train_dir`. */
export const catboostTsvFormat: MetricFormat = {
  name: "catboost-tsv",
  proof: "tool",
  title: "CatBoost learn_error.tsv and test_error.tsv",
  usual: ["**/test_error.tsv"],
  example: { path: "catboost_info/test_error.tsv", text: "iter\tAUC\tLogloss\n0\t0.71\t0.67\n1\t0.77\t0.66\n" },
  takes:
    "The last row as `test.METRIC` (`learn.METRIC` from learn_error.tsv), the columns as curves, and `best(NAME)`, which is judged only by a gate that names it.",
  detect: ({ columns = [] }) =>
    columns[0] === "iter" && columns.length > 1 && !columns.includes("Passed") ? "sure" : undefined,
  read: async (file) => {
    const set = /(^|\/)learn/.test(file.source.name) ? "learn" : "test";
    const series = columnSeries(await readDelimited(file), "iter", ["iter"]);
    const named = series.map((one) => ({ ...one, name: `${set}.${one.name}` }));
    return historyMetrics(
      named.filter(({ points }) => points.length > 0),
      "step",
      file.source.name,
    );
  },
};
