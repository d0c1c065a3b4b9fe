import { yamlTree } from "../../yaml/yaml-tree.ts";
import type { FileHead, MetricFormat } from "../metric-format.ts";
import { openEnd } from "../open-end.ts";
import { treeMetrics } from "../tree-metrics.ts";

/** Nested YAML, as DVC reads it. */
export const yamlFormat: MetricFormat = {
  name: "yaml",
  proof: "tool",
  title: "DVC metrics and other nested YAML",
  usual: ["**/*metrics*.yaml", "**/*metrics*.yml"],
  example: { path: "out/metrics.yaml", text: "test:\n  accuracy: 0.93\n  log_loss: 0.21\n" },
  takes: "As of JSON. YAML 1.2 is read: `1e-3` is a number, `yes` is a text; aliases, tags and merge keys are refused.",
  detect,
  read: async (file) => {
    const text = await file.text();
    const found = treeMetrics(yamlTree(text, file.source.name), text, file.source.name);
    return { ...found, notes: openEnd(text, file.source.name) };
  },
};

function detect({ path, text = "" }: FileHead): "likely" | undefined {
  if (/\.ya?ml$/i.test(path)) return "likely";
  return /^(---|#|[^:]+:(\s|$))/.test(/\S.*/.exec(text)?.[0] ?? "") ? "likely" : undefined;
}
