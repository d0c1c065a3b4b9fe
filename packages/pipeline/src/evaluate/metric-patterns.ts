import { metricFormats } from "@metricgate/formats/metric-files/format-list";

/** A pattern of metric files, and the format that is forced on what it matches. */
export interface MetricPattern {
  pattern: string;
  format?: string;
}

/** `lm-eval:out/*.json` is the pattern `out/*.json`, read as lm-eval. A prefix that names no format is part of the path. */
export function metricPattern(written: string): MetricPattern {
  const [, format, pattern] = /^([a-z0-9-]+):(.+)$/s.exec(written) ?? [];
  if (format === undefined || pattern === undefined || !metricFormats.some(({ name }) => name === format))
    return { pattern: written };
  return { pattern, format };
}
