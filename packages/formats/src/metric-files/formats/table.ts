import type { FileHead, MetricFormat } from "../metric-format.ts";
import { openEnd } from "../open-end.ts";
import { refusals } from "../refuse.ts";
import { tableMetrics } from "../table-metrics.ts";

/** One metric a row. */
export const tableFormat: MetricFormat = {
  name: "table",
  proof: "own",
  title: "A table with one metric a row, CSV or TSV",
  usual: ["**/*metrics*.csv", "**/*metrics*.tsv"],
  example: { path: "out/metrics.csv", text: "metric,value,unit\naccuracy,0.93,\np95_latency,31.4,ms\n" },
  takes:
    "`metric` (or `name`, `key`), `value`, and optionally `unit`, `direction`, `stderr`, `n`. Without the header the columns are in this order, and neither a name nor a unit is a number.",
  detect,
  read: async (file) => {
    const text = await file.text();
    const { name } = file.source;
    return { ...tableMetrics(text, name, refusals(text, name)), notes: openEnd(text, name) };
  },
};

function detect({ path, text = "", json }: FileHead): "likely" | undefined {
  if (json !== undefined || /\.(json|ya?ml|toml)$/i.test(path) || /^\s*[[{]/.test(text)) return undefined;
  // `accuracy=0,9`: a line of name=value, whose reader says what is wrong with it.
  if (!/\.[ct]sv$/i.test(path) && /^\s*[^=,\t\n]+=\s*[+-]?\d+,\d+\s*(?:\n|$)/.test(text)) return undefined;
  if (/\.[ct]sv$/i.test(path)) return "likely";
  return /^[^:]*[,\t]/.test(/\S.*/.exec(text)?.[0] ?? "") ? "likely" : undefined;
}
