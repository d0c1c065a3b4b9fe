import type { Metric } from "@metricgate/core/documents/evaluation";
import { isBookkeeping } from "@metricgate/core/metrics/directions";
import type { ReadMetrics } from "@metricgate/formats/metric-files/read-metrics";
import { shown } from "@metricgate/formats/text/shown";
import { columns } from "./columns.ts";

const reasons: Record<ReadMetrics["because"], string> = {
  content: "only this tool writes such a file",
  likeness: "it reads as one, and no other format is surer",
  named: "you named it",
};

/** What was read from a metric file and why, as text: foreign names are quoted, so that they cannot write to the terminal. */
export function explainedFile(path: string, read: ReadMetrics): string {
  const parts = [`${shown(path)} was read as ${read.format}: ${reasons[read.because]}.\n`];
  const table = [["metric", "value", "good is", "n", "stderr", "line"], ...read.metrics.map(metricRow)];
  parts.push(`\n${read.metrics.length} metrics\n${columns(table)}`);
  if (read.curves.length > 0) {
    const list = read.curves.map(({ name, points, x }) => [shown(name), `${points.length} points by ${x}`]);
    parts.push(`\n${read.curves.length} curves (shown, never judged)\n${columns(list)}`);
  }
  if (read.rows !== undefined) {
    const { rows, task } = read.rows;
    parts.push(`\n${rows.count} rows that pair by id; computed from them: ${task.compute.join(", ")}\n`);
  }
  if (read.ignored.length > 0) {
    parts.push(`\n${read.ignored.length} left out\n${columns(read.ignored.map(({ name, is }) => [shown(name), is]))}`);
  }
  const { id, text } = read.evalSet ?? {};
  const identity =
    id === undefined && text === undefined
      ? "the file does not say what it was measured on"
      : [id ?? "", text ?? ""]
          .map((one) => one.slice(0, 200))
          .filter((one) => one !== "")
          .map(shown)
          .join(" ");
  parts.push(`\neval set: ${identity}\n`);
  const own = read.notes.filter(({ code }) => code !== "values-ignored");
  if (own.length > 0) parts.push(`\n${own.map(({ text: remark }) => `${remark}\n`).join("")}`);
  const unknown = read.metrics.filter(
    ({ direction, name, slice }) => direction === undefined && slice === undefined && !isBookkeeping(name),
  );
  const bases = new Map(read.metrics.map(({ name, direction }) => [name, direction]));
  if (unknown.length > 0) {
    const lines = unknown
      .slice(0, 10)
      .map(({ name }) => gateLine(name, bases.get(/^best\((.*)\)$/s.exec(name)?.[1] ?? "")));
    parts.push(
      `\nWhich way is good is not known of ${unknown.length}, so no gate judges them unless the policy says it:\n${lines.join("")}`,
    );
  }
  return parts.join("");
}

/** The line of a policy that judges a metric; of a best value the way is that of the metric whose best it is. */
function gateLine(name: string, direction: Metric["direction"]): string {
  if (direction === "down") return `  - { metric: ${JSON.stringify(name)}, direction: down, max-rise: 0.01 }\n`;
  const other = direction === "up" ? "" : "   # or: direction: down, max-rise";
  return `  - { metric: ${JSON.stringify(name)}, direction: up, max-drop: 0.01 }${other}\n`;
}

function metricRow(metric: Metric): string[] {
  const slice = Object.entries(metric.slice ?? {}).map(([key, value]) => ` ${shown(`${key}=${value}`)}`);
  const good = { up: "higher", down: "lower", near: "near a target" };
  const known =
    metric.direction === undefined ? (isBookkeeping(metric.name) ? "of the run" : "not known") : good[metric.direction];
  return [
    `${shown(metric.name)}${slice.join("")}`,
    metric.value === undefined
      ? `none (${metric.undefined ?? ""})`
      : `${metric.value}${metric.unit === undefined ? "" : ` ${metric.unit}`}`,
    known,
    metric.n === undefined ? "" : String(metric.n),
    metric.stderr === undefined ? "" : String(metric.stderr),
    metric.from?.line === undefined ? "" : String(metric.from.line),
  ];
}
