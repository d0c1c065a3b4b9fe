import type { Direction } from "@metricgate/core/documents/fields";
import { readJsonFile } from "../json-file.ts";
import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { measured } from "../number-text.ts";
import { hasKeys, kindWords, membersOf, textAt, valueAt } from "../tree-access.ts";

const example = {
  root_group: { name: "", path: "", groups: {}, checks: {} },
  metrics: {
    http_req_duration: { avg: 12.1, min: 3.2, med: 10.4, max: 80.2, "p(90)": 20.1, "p(95)": 25.5 },
    http_req_failed: { passes: 2, fails: 998, value: 0.002 },
    checks: { passes: 990, fails: 10, value: 0.99 },
    http_reqs: { count: 1000, rate: 33.2 },
  },
};
/** Trends of k6 that are times in milliseconds, if the file does not say it. */
const times = /(_duration|_waiting|_connecting|_blocked|_sending|_receiving|_tls_handshaking)$/;

/** `--summary-export`, or `handleSummary` data written as JSON. */
export const k6Format: MetricFormat = {
  name: "k6",
  proof: "tool",
  title: "k6 summary JSON",
  usual: ["**/*k6*.json", "**/summary.json"],
  example: { path: "out/k6-summary.json", text: `${JSON.stringify(example)}\n` },
  takes:
    "Each value as `METRIC.STATISTIC` (`http_req_duration.p(95)`): times in ms are better when lower, and so is the rate of failed requests; the rate of checks is better when higher; counts and throughput are shown and not judged unless a gate names them.",
  detect: ({ json }) => {
    const metrics = valueAt(json, "metrics");
    const ours = ["http_req_duration", "iteration_duration", "iterations", "checks", "data_sent", "vus"];
    if (metrics?.kind !== "mapping") return undefined;
    return hasKeys(json, "root_group") || ours.filter((key) => hasKeys(metrics, key)).length > 1 ? "sure" : undefined;
  },
  read: async (file) => {
    const { root } = await readJsonFile(file);
    const found: FoundFile = { metrics: [], ignored: [] };
    for (const { key, keyAt, value } of membersOf(valueAt(root, "metrics"))) {
      const values = valueAt(value, "values") ?? value;
      const time = textAt(value, "contains") === "time" || times.test(key);
      for (const statistic of membersOf(values)) {
        const name = `${key}.${statistic.key}`;
        if (statistic.key === "thresholds") continue;
        if (statistic.value.kind !== "number") {
          found.ignored.push({ name, is: kindWords(statistic.value) });
          continue;
        }
        const way = directionOf(key, statistic.key, time);
        const unit = time ? { unit: "ms" } : {};
        found.metrics.push({
          at: keyAt,
          metric: {
            name,
            ...measured(statistic.value.value),
            ...unit,
            ...(way === undefined ? {} : { direction: way }),
          },
        });
      }
    }
    return found;
  },
};

function directionOf(metric: string, statistic: string, time: boolean): Direction | undefined {
  if (time) return /^(avg|min|med|max|p\()/.test(statistic) ? "down" : undefined;
  if (!/^(value|rate)$/.test(statistic)) return undefined;
  if (/^http_req_failed\b/.test(metric)) return "down";
  return /^checks\b/.test(metric) ? "up" : undefined;
}
