import type { Metric } from "@metricgate/core/documents/evaluation";

/** A metric as a file states it, before names are checked and directions are looked up; `at` is its offset in the text. */
export interface FoundMetric {
  metric: Omit<Metric, "from">;
  at: number;
}

/** What a file holds: its metrics, and the names of what was left out because it is no number. */
export interface Found {
  metrics: FoundMetric[];
  ignored: { name: string; is: string }[];
}
