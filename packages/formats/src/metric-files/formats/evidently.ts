import type { Tree } from "../../tree/tree.ts";
import { readJsonFile } from "../json-file.ts";
import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { measured } from "../number-text.ts";
import { hasKeys, itemsOf, kindWords, membersOf, textAt, valueAt } from "../tree-access.ts";

const example = {
  metrics: [
    { id: "a1", metric_name: "Accuracy()", config: { type: "evidently:metric_v2:Accuracy" }, value: 0.91 },
    {
      id: "b2",
      metric_name: "DriftedColumnsCount(drift_share=0.5)",
      config: { type: "evidently:metric_v2:DriftedColumnsCount" },
      value: { count: 1.0, share: 0.25 },
    },
    {
      id: "c3",
      metric_name: "F1ByLabel()",
      config: { type: "evidently:metric_v2:F1ByLabel" },
      value: { cat: 0.9, dog: 0.8 },
    },
  ],
  tests: [],
};

/** A saved snapshot of an Evidently report. */
export const evidentlyFormat: MetricFormat = {
  name: "evidently",
  proof: "tool",
  title: "Evidently report JSON (0.7 or later)",
  usual: ["**/*evidently*.json", "**/*report*.json"],
  example: { path: "out/evidently.json", text: `${JSON.stringify(example)}\n` },
  takes:
    "Each entry of `metrics` under its `metric_name`; where its value is a mapping, as `NAME.KEY`, and as slices `label=…` where the metric is by label. The directions of drift values are not known: they are p-values or distances.",
  detect: ({ json }) => {
    const [first] = itemsOf(valueAt(json, "metrics"));
    return hasKeys(first, "value") && (hasKeys(first, "metric_name") || hasKeys(first, "metric_id"))
      ? "sure"
      : undefined;
  },
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const found: FoundFile = { metrics: [], ignored: [] };
    for (const entry of itemsOf(valueAt(root, "metrics"))) {
      const title = textAt(entry, "metric_name") ?? textAt(entry, "metric_id");
      const value = valueAt(entry, "value");
      if (title === undefined || value === undefined)
        return refuse.shape(
          `An entry of metrics in ${name} has no name or no value.`,
          "Save the report with save_json.",
          entry.at,
        );
      valuesOf(title, value, entry.at, found);
    }
    return found;
  },
};

function valuesOf(name: string, value: Tree, at: number, found: FoundFile): void {
  if (value.kind === "number") found.metrics.push({ at, metric: { name: plainName(name), ...measured(value.value) } });
  else if (value.kind === "null") found.metrics.push({ at, metric: { name: plainName(name), undefined: "null" } });
  else if (value.kind !== "mapping") found.ignored.push({ name: plainName(name), is: kindWords(value) });
  else if (/ByLabel\b/.test(name)) {
    for (const { key, keyAt, value: one } of membersOf(value)) {
      if (one.kind === "number") {
        found.metrics.push({
          at: keyAt,
          metric: { name: plainName(name), slice: { label: key.slice(0, 200) }, ...measured(one.value) },
        });
      } else found.ignored.push({ name: `${plainName(name)}.${key}`, is: kindWords(one) });
    }
  } else
    for (const { key, keyAt, value: one } of membersOf(value)) valuesOf(`${plainName(name)}.${key}`, one, keyAt, found);
}

/** `Accuracy()` says no more than `Accuracy`. */
function plainName(name: string): string {
  return name.replace(/\(\)(?=$|\.)/, "");
}
