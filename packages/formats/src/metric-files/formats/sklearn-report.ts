import type { Metric } from "@metricgate/core/documents/evaluation";
import type { Tree } from "../../tree/tree.ts";
import { readJsonFile } from "../json-file.ts";
import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { measured } from "../number-text.ts";
import type { Refuse } from "../refuse.ts";
import { hasKeys, kindWords, membersOf, numberAt, valueAt } from "../tree-access.ts";

const example = {
  cat: { precision: 0.9, recall: 0.8, "f1-score": 0.847, support: 50 },
  dog: { precision: 0.82, recall: 0.91, "f1-score": 0.863, support: 50 },
  accuracy: 0.855,
  "macro avg": { precision: 0.86, recall: 0.855, "f1-score": 0.855, support: 100 },
  "weighted avg": { precision: 0.86, recall: 0.855, "f1-score": 0.855, support: 100 },
};
const averages = new Set(["micro avg", "macro avg", "weighted avg", "samples avg"]);
const measures = ["precision", "recall", "f1-score"];

/** `classification_report(..., output_dict=True)` as JSON. */
export const sklearnReportFormat: MetricFormat = {
  name: "sklearn-report",
  proof: "tool",
  title: "scikit-learn classification_report (output_dict) as JSON",
  usual: ["**/*classification_report*.json", "**/*report*.json"],
  example: { path: "out/classification_report.json", text: `${JSON.stringify(example)}\n` },
  takes:
    "Classes as slices (`f1-score` in `class=cat`) with their support as n; averages as `macro avg.f1-score`; `accuracy`. `NaN` from `zero_division` is a metric without a value.",
  detect: ({ json }) =>
    hasKeys(valueAt(json, "macro avg"), "f1-score", "support") ||
    hasKeys(valueAt(json, "weighted avg"), "f1-score", "support")
      ? "sure"
      : undefined,
  read: async (file) => {
    const { root, refuse, name: path } = await readJsonFile(file);
    const found: FoundFile = { metrics: [], ignored: [], notes: [] };
    refuseFrame(root, path, refuse);
    const rows = numberAt(valueAt(root, "weighted avg"), "support") ?? numberAt(valueAt(root, "macro avg"), "support");
    for (const { key, keyAt, value } of membersOf(root)) {
      if (value.kind === "number") {
        found.metrics.push({
          at: keyAt,
          metric: { name: key, ...measured(value.value), ...(key === "accuracy" ? counted(rows) : {}) },
        });
        continue;
      }
      if (value.kind !== "mapping") {
        found.ignored.push({ name: key, is: kindWords(value) });
        continue;
      }
      const n = counted(numberAt(value, "support"));
      for (const measure of value.members) {
        if (measure.key === "support") continue;
        if (measure.value.kind !== "number") {
          found.ignored.push({ name: `${key}.${measure.key}`, is: kindWords(measure.value) });
          continue;
        }
        const whole = averages.has(key) || !measures.includes(measure.key);
        const place: Pick<Metric, "name" | "slice"> = whole
          ? { name: `${key}.${measure.key}` }
          : { name: measure.key, slice: { class: key.slice(0, 200) } };
        found.metrics.push({ at: measure.keyAt, metric: { ...place, ...measured(measure.value.value), ...n } });
      }
    }
    const weighted = membersOf(root).filter(({ value }) => !isCount(numberAt(value, "support") ?? 0));
    if (weighted.length > 0) {
      const text = `The support in ${path} is no whole number, as with sample weights, so it is not taken as n.`;
      found.notes?.push({ code: "support-weighted", text });
    }
    return found;
  },
};

/** A DataFrame of the report writes the one accuracy into every row, also as precision, recall and support. */
function refuseFrame(root: Tree, path: string, refuse: Refuse): void {
  const member = membersOf(root).find(({ key }) => key === "accuracy");
  const support = numberAt(member?.value, "support");
  if (member === undefined || support === undefined || isCount(support)) return;
  if (measures.some((measure) => numberAt(member.value, measure) !== support)) return;
  refuse.shape(
    `${path} is the report as a DataFrame wrote it: its accuracy stands there as precision, recall, f1-score and support, too.`,
    "Write what `classification_report(..., output_dict=True)` returns with `json.dump`.",
    member.keyAt,
  );
}

function isCount(n: number): boolean {
  return Number.isInteger(n) && n >= 0;
}

function counted(n: number | undefined): { n: number } | Record<never, never> {
  return n !== undefined && isCount(n) ? { n } : {};
}
