import type { Metric } from "@metricgate/core/documents/evaluation";

/** A metric as a file states it, before names are checked and directions are looked up. */
export interface FoundMetric {
  metric: Omit<Metric, "from">;
  /** Its offset in the text of the file; 0 where the file is no text. */
  at: number;
  /** The place where it stands, when that is another file, which this one names. */
  elsewhere?: { file: string; line?: number };
}

/** What a file holds: its metrics, and the names of what was left out and why (`a text`). */
export interface Found {
  metrics: FoundMetric[];
  ignored: { name: string; is: string }[];
}
