import { jsonTree } from "../../json/json-tree.ts";
import type { MetricFormat } from "../metric-format.ts";
import { treeMetrics } from "../tree-metrics.ts";

/** Nested JSON, as DVC and most scripts write it. */
export const jsonFormat: MetricFormat = {
  name: "json",
  proof: "tool",
  title: "DVC metrics and other nested JSON",
  usual: ["**/*metrics*.json", "**/*scores*.json", "**/*results*.json", "**/summary.json"],
  example: { path: "out/metrics.json", text: '{"test": {"accuracy": 0.93, "log_loss": 0.21}}\n' },
  takes:
    "Every number; keys are joined with `.` (`test.accuracy`), as DVC joins them. Lists, texts and booleans are left out and named in a note.",
  detect: ({ path, text }) => (/^\s*[[{]/.test(text ?? "") || /\.json$/i.test(path) ? "likely" : undefined),
  read: async (file) => {
    const text = await file.text();
    return treeMetrics(jsonTree(text, file.source.name), text, file.source.name);
  },
};
