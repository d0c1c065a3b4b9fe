import type { Direction } from "@metricgate/core/documents/fields";
import type { Tree } from "../../tree/tree.ts";
import { readJsonFile } from "../json-file.ts";
import type { FileHead, FoundFile, MetricFormat } from "../metric-format.ts";
import { measured } from "../number-text.ts";
import { hasKeys, kindWords, membersOf, numberAt, textAt, valueAt } from "../tree-access.ts";

const example = {
  results: {
    hellaswag: {
      alias: "hellaswag",
      "acc,none": 0.52,
      "acc_stderr,none": 0.005,
      "acc_norm,none": 0.7,
      "acc_norm_stderr,none": "N/A",
    },
  },
  higher_is_better: { hellaswag: { acc: true, acc_norm: true } },
  "n-samples": { hellaswag: { original: 10042, effective: 10042 } },
  task_hashes: { hellaswag: "8a1f" },
};

/** What no metric is among the entries of a task. */
const aside = new Set(["alias", "name", "sample_len", "sample_count", " "]);

/** Results of EleutherAI's lm-evaluation-harness. */
export const lmEvalFormat: MetricFormat = {
  name: "lm-eval",
  proof: "tool",
  title: "lm-evaluation-harness results",
  usual: ["**/results_*.json", "**/results.json"],
  example: { path: "out/results_2026-11-20T15-02-00.json", text: `${JSON.stringify(example)}\n` },
  takes:
    "`results` as `TASK.METRIC` (the filter follows a comma unless it is `none`), the direction from `higher_is_better`, the standard error, n from `n-samples`; `task_hashes` tell whether both sides were asked the same questions.",
  detect,
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const results = valueAt(root, "results");
    if (results?.kind !== "mapping")
      return refuse.shape(`${name} has no mapping results.`, "Write it with lm_eval --output_path.", root.at);
    const found: FoundFile = { metrics: [], ignored: [], notes: [] };
    for (const { key, value } of results.members) taskMetrics(key, value, root, found);
    // A group stands in both.
    const seen = new Set(found.metrics.map(({ metric }) => metric.name));
    const groups: FoundFile = { metrics: [], ignored: [] };
    for (const { key, value } of membersOf(valueAt(root, "groups"))) taskMetrics(key, value, root, groups);
    found.metrics.push(...groups.metrics.filter(({ metric }) => !seen.has(metric.name)));
    const hashes = membersOf(valueAt(root, "task_hashes"));
    const limit = valueAt(valueAt(root, "config"), "limit");
    if (limit?.kind === "number") {
      found.notes?.push({
        code: "limited-run",
        text: `${name} was made with limit ${limit.value}: not all questions were asked.`,
      });
    }
    const asked = Object.fromEntries(
      hashes.flatMap(({ key, value }): [string, string][] =>
        value.kind === "text" ? [[key, `${value.value} ${samplesOf(root, key)?.toString() ?? ""}`]] : [],
      ),
    );
    if (hashes.length > 0) return { ...found, evalSet: { text: JSON.stringify(Object.entries(asked).sort()) } };
    found.notes?.push({
      code: "questions-unknown",
      text: `${name} holds no task_hashes, so nothing proves that both sides were asked the same questions; --log_samples writes them.`,
    });
    return found;
  },
};

function detect({ json }: FileHead): "sure" | undefined {
  const [task] = membersOf(valueAt(json, "results"));
  const named = membersOf(task?.value).some(({ key }) => /^[^,]+,[^,]+$/.test(key));
  const told =
    hasKeys(task?.value, "alias") ||
    ["configs", "versions", "n-shot", "higher_is_better"].some((key) => hasKeys(json, key));
  return named && told ? "sure" : undefined;
}

function samplesOf(root: Tree, task: string): number | undefined {
  return numberAt(valueAt(valueAt(root, "n-samples"), task), "effective");
}

function taskMetrics(task: string, entries: Tree, root: Tree, found: FoundFile): void {
  const n = samplesOf(root, task) ?? numberAt(entries, "sample_count");
  for (const { key, keyAt, value } of membersOf(entries)) {
    const [metric = "", filter = "none"] = key.split(",");
    if (aside.has(key) || metric.endsWith("_stderr")) continue;
    const name = `${task}.${metric}${filter === "none" ? "" : `,${filter}`}`;
    if (value.kind !== "number") {
      if (value.kind === "null" || textAt(entries, key) === "N/A")
        found.metrics.push({ at: keyAt, metric: { name, undefined: "null" } });
      else found.ignored.push({ name, is: kindWords(value) });
      continue;
    }
    const stderr = numberAt(entries, `${metric}_stderr,${filter}`);
    const higher = valueAt(valueAt(valueAt(root, "higher_is_better"), task), metric);
    const direction: Direction | undefined = higher?.kind === "boolean" ? (higher.value ? "up" : "down") : undefined;
    found.metrics.push({
      at: keyAt,
      metric: {
        name,
        ...measured(value.value),
        ...(direction === undefined ? {} : { direction }),
        ...(n === undefined || n < 0 ? {} : { n }),
        ...(stderr === undefined || !Number.isFinite(stderr) || stderr < 0 ? {} : { stderr }),
      },
    });
  }
}
