import type { MetricHistory } from "@metricgate/core/baselines/metric-history";
import { remarksOf } from "./history-text.ts";

/** The accepted values of a metric as CSV with a header: full numbers, dates as git has them, remarks joined by a semicolon. */
export function historyCsv({ points }: MetricHistory): string {
  const rows = points.map((point) => [
    point.sha,
    point.committedAt ?? "",
    String(point.value ?? ""),
    String(point.interval?.low ?? ""),
    String(point.interval?.high ?? ""),
    remarksOf(point).join("; "),
  ]);
  return [["commit", "date", "value", "low", "high", "remarks"], ...rows]
    .map((row) => `${row.map(cell).join(",")}\n`)
    .join("");
}

/** A cell that a spreadsheet does not take for a formula, quoted where it must be. Numbers stay as they are. */
function cell(text: string): string {
  const inert = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
