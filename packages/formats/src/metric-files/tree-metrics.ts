import type { Tree } from "../tree/tree.ts";
import type { Found } from "./found-metric.ts";
import { listedMetrics, metricList } from "./listed-metrics.ts";
import { nestedMetrics } from "./nested-metrics.ts";
import { refusals } from "./refuse.ts";

/** The metrics of a tree: our own list, or nested mappings. @throws UserError `metric-shape`, and those of the two */
export function treeMetrics(tree: Tree, text: string, file: string): Found {
  const refuse = refusals(text, file);
  const list = metricList(tree);
  if (list !== undefined) return listedMetrics(list, refuse);
  if (tree.kind === "mapping") return nestedMetrics(tree, refuse);
  return refuse.shape(
    `${file} holds a single value and no names.`,
    'Write a mapping such as {"accuracy": 0.93}.',
    tree.at,
  );
}
