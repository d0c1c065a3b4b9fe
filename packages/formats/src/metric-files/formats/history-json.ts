import { shown } from "../../text/shown.ts";
import type { Member, Tree } from "../../tree/tree.ts";
import { historyMetrics, type Series } from "../history-metrics.ts";
import { readJsonFile } from "../json-file.ts";
import type { FileHead, MetricFormat } from "../metric-format.ts";
import { nestedMetrics } from "../nested-metrics.ts";
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
    "The last value of each list as `SET.METRIC` (Keras: `METRIC`, and `train_METRIC` where there is a `val_METRIC`), the lists as curves, and `best(NAME)`, which is judged only by a gate that names it. Numbers beside histories are read too; lists of unequal length are refused.",
  detect,
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const series: Series[] = [];
    const others: Member[] = [];
    const mixed = membersOf(root).some(({ value }) => !isHistory(value));
    const add = (key: string, value: Tree, at: number): void => {
      const points = itemsOf(value).map((item, index): [number, number] => {
        if (item.kind !== "number") return refuse.field(key, `value ${index + 1} of its list`, "a number", item.at);
        return [index, item.value];
      });
      series.push({ name: key, points, at });
    };
    for (const member of membersOf(root)) {
      const { key, keyAt, value } = member;
      if (mixed && !(isHistory(value) && isTraining(member))) others.push(member);
      else if (value.kind === "list") add(key, value, keyAt);
      else for (const metric of membersOf(value)) add(`${key}.${metric.key}`, metric.value, metric.keyAt);
    }
    const [first] = series;
    const odd = series.find(({ points }) => points.length !== first?.points.length);
    if (first !== undefined && odd !== undefined) {
      const lengths = `${odd.points.length} values and that of ${shown(first.name)} has ${first.points.length}`;
      const next = "Write one value for each epoch in every list, or the lists of another rhythm to another file.";
      refuse.shape(`The list of ${shown(odd.name)} in ${name} has ${lengths}.`, next, odd.at);
    }
    const found = historyMetrics(trainingNames(series), "epoch", name);
    if (!mixed) return found;
    const beside = nestedMetrics({ kind: "mapping", members: others, at: root.at }, refuse);
    return {
      ...found,
      metrics: [...beside.metrics, ...found.metrics],
      ignored: [...beside.ignored, ...found.ignored],
    };
  },
};

/** Lists of values per step, or a set of such lists; that a value is null or a text is told when it is read. */
function isHistory(tree: Tree): boolean {
  const list = (one: Tree): boolean =>
    one.kind === "list" &&
    one.items.length > 0 &&
    one.items.every(({ kind }) => kind === "number" || kind === "null" || kind === "text");
  return (
    list(tree) || (tree.kind === "mapping" && tree.members.length > 0 && tree.members.every((one) => list(one.value)))
  );
}

/** Beside plain numbers a list may be anything, such as an interval or the scores of classes, unless its name says that it grew in training. */
function isTraining({ key, value }: Member): boolean {
  const named = (name: string): boolean =>
    /loss|epoch|history|(?:^|[^a-z])(?:val|valid|validation|train|training|eval)(?![a-z])/i.test(name);
  return named(key) || membersOf(value).some((one) => named(one.key));
}

function holdsNumber(tree: Tree): boolean {
  return tree.kind === "list"
    ? tree.items.some(({ kind }) => kind === "number")
    : membersOf(tree).some((one) => holdsNumber(one.value));
}

function detect({ json }: FileHead): "likely" | undefined {
  const members = membersOf(json);
  const histories = members.filter(({ value }) => isHistory(value) && holdsNumber(value));
  if (histories.length === 0) return undefined;
  if (members.every(({ value }) => isHistory(value))) return "likely";
  const fits = members.every(({ value }) => isHistory(value) || value.kind === "number" || value.kind === "null");
  return fits && histories.some(isTraining) ? "likely" : undefined;
}
