import { type ComputableMetric, computableMetrics } from "./known.ts";
import { undefinedReasons } from "./undefined-reasons.ts";

/** One table of the docs: a heading, the names of its columns and its rows. */
export interface DocsTable {
  title: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

const TITLES: Readonly<Record<ComputableMetric["task"], string>> = {
  classification: "Classification",
  regression: "Regression",
  ranking: "Ranking",
  text: "Text",
  forecasting: "Forecasting",
  any: "Columns of values, of any task",
};

const GOOD = { up: "higher", down: "lower", near: "near a target" };

function bound(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value < 0 ? "−∞" : "∞";
}

/** Every computable metric by task, then every reason why one has no value: the tables of docs/metrics.md. */
export function metricDocs(): DocsTable[] {
  const metrics = computableMetrics();
  const tables = Object.entries(TITLES).map(([task, title]) => ({
    title,
    head: ["Metric", "Better", "Range", "Definition", "Equals"],
    rows: metrics
      .filter((metric) => metric.task === task)
      .map(({ name, direction, low, high, definition, equals }) => [
        `\`${name}\``,
        direction === undefined ? "as the policy says" : GOOD[direction],
        `${bound(low)} to ${bound(high)}`,
        definition,
        equals ?? "–",
      ]),
  }));
  const reasons = [...undefinedReasons].map(([code, { text, next }]) => [`\`${code}\``, text, next]);
  return [...tables, { title: "Without a value", head: ["Reason", "What it means", "What to do"], rows: reasons }];
}
