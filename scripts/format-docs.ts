import { computableMetrics } from "@metricgate/core/metrics/known";
import { markdownTable } from "markdown-table";
import { metricFormats } from "../packages/formats/src/metric-files/format-list.ts";
import type { MetricFormat } from "../packages/formats/src/metric-files/metric-format.ts";

const proofs = {
  tool: "the tool itself writes the files of the tests",
  shape: "documented shape",
  own: "our own form",
};

/** The part of docs/formats.md that follows from the code: every metric format, and every metric that can be computed from rows. */
export function formatDocs(): string {
  return `## Metric formats\n\n${overview()}\n\n${metricFormats.map(section).join("\n")}\n## Metrics computed from rows\n\n${computed()}\n`;
}

function overview(): string {
  const rows = metricFormats.map(({ name, title, proof }) => [`[\`${name}\`](#${name})`, title, proofs[proof]]);
  const count = (proof: MetricFormat["proof"]) => metricFormats.filter((format) => format.proof === proof).length;
  const counts = `Of ${metricFormats.length} formats, the tests hold ${count("tool")} against files that the real tool has just written, and what its own API or command says; ${count("shape")} follow the documented shape of a tool that is too large to run in the tests, or that writes the file only for its own server; ${count("own")} are our own.`;
  return `${counts}\n\n${markdownTable([["format", "file", "proof"], ...rows])}`;
}

function section({ name, title, usual, example, takes, proof }: MetricFormat): string {
  const paths = usual.length === 0 ? "" : `Usually at ${usual.map((path) => `\`${path}\``).join(", ")}.\n`;
  return `### ${name}\n\n${title}. ${takes}\n${paths}Proof: ${proofs[proof]}.\n${shownExample(example)}`;
}

function shownExample({ path, text }: MetricFormat["example"]): string {
  if (text === undefined) return `\nExample: \`${path}\` (binary).\n`;
  return `\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}

function computed(): string {
  const good = { up: "higher", down: "lower", near: "near a target" };
  const rows = computableMetrics().map(({ name, task, direction, definition, equals }) => [
    `\`${name}\``,
    task,
    direction === undefined ? "by the column" : good[direction],
    definition.replaceAll("|", "\\|"),
    (equals ?? "").replaceAll("|", "\\|"),
  ]);
  return markdownTable([["metric", "task", "good is", "what it is", "equals"], ...rows]);
}
