import { readJsonFile } from "../json-file.ts";
import type { FileHead, MetricFormat } from "../metric-format.ts";
import { nestedMetrics } from "../nested-metrics.ts";
import { hasKeys, membersOf } from "../tree-access.ts";

/** The summary of a Weights & Biases run. */
export const wandbSummaryFormat: MetricFormat = {
  name: "wandb-summary",
  proof: "shape",
  title: "Weights & Biases wandb-summary.json",
  usual: ["wandb/latest-run/files/wandb-summary.json", "wandb/run-*/files/wandb-summary.json"],
  example: {
    path: "wandb/run-1/files/wandb-summary.json",
    text: '{"val/accuracy": 0.93, "val/loss": 0.21, "_runtime": 31.5, "_step": 99, "_timestamp": 1763650800.5, "_wandb": {"runtime": 31}}\n',
  },
  takes: "Every number; keys that begin with `_` are the run's own and are left out, and so are media (`_type`).",
  detect,
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const own = membersOf(root).filter(({ key, value }) => key.startsWith("_") || hasKeys(value, "_type"));
    const kept = membersOf(root).filter((member) => !own.includes(member));
    if (kept.length === 0) {
      refuse.name(
        "no-metrics",
        `${name} holds no value of the run: W&B writes none there for offline runs.`,
        "Run it online (WANDB_MODE=online) or write the metrics as JSON too.",
        root.at,
      );
    }
    const found = nestedMetrics({ kind: "mapping", at: root.at, members: kept }, refuse);
    return { ...found, ignored: [...found.ignored, ...own.map(({ key }) => ({ name: key, is: "of the run" }))] };
  },
};

function detect({ json, path }: FileHead): "sure" | undefined {
  const own = hasKeys(json, "_wandb") || hasKeys(json, "_step", "_runtime");
  return own || (json !== undefined && /(^|\/)wandb-summary\.json$/.test(path)) ? "sure" : undefined;
}
