import { UserError } from "@metricgate/core/errors/user-error";
import { metricFormats } from "@metricgate/formats/metric-files/format-list";

/** A pattern of metric files, and the format that is forced on what it matches. */
export interface MetricPattern {
  pattern: string;
  format?: string;
  /** Which part of a file that holds several, such as one run of a database. */
  part?: string;
}

/**
 * `lm-eval:out/*.json` is the pattern `out/*.json`, read as lm-eval; a prefix that names no format is part of the path.
 * `mlflow.db#fraud/first` is a part of the database `mlflow.db`; after other files `#` is part of the path.
 */
export function metricPattern(written: string): MetricPattern {
  const [, file, part] = /^(.*\.(?:db|sqlite3?))#(.+)$/s.exec(written) ?? [];
  if (file !== undefined && part !== undefined) return { ...metricPattern(file), part };
  const [, format, pattern] = /^([a-z0-9-]+):(.+)$/s.exec(written) ?? [];
  if (format === undefined || pattern === undefined || !metricFormats.some(({ name }) => name === format))
    return { pattern: written };
  return { pattern, format };
}

/** @throws UserError `format-name-unknown` for a pattern of no file that begins as `FORMAT:` does, with a format that nobody knows */
export function refuseUnknownFormat(pattern: string): void {
  const [, format, rest] = /^([A-Za-z][A-Za-z0-9_-]+):(.+)$/s.exec(pattern) ?? [];
  if (format === undefined || rest === undefined) return;
  const names = metricFormats.map(({ name }) => name).join(", ");
  throw new UserError(
    "format-name-unknown",
    `there is no format ${format} to read ${rest} as, and no file ${pattern}`,
    `The formats are ${names}. Without a prefix the format is told by the content.`,
    { file: pattern },
  );
}
