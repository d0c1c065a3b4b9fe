import type { Metric } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { jsonTree } from "../json/json-tree.ts";
import { readBytes } from "../sources/read-bytes.ts";
import { decodeText } from "../text/decode-text.ts";
import type { Tree } from "../tree/tree.ts";
import { yamlTree } from "../yaml/yaml-tree.ts";
import { detectForm } from "./detect-form.ts";
import type { Found } from "./found-metric.ts";
import { listedMetrics, metricList } from "./listed-metrics.ts";
import { nameMetrics } from "./name-metrics.ts";
import { nestedMetrics } from "./nested-metrics.ts";
import { type Refuse, refusals } from "./refuse.ts";
import { tableMetrics } from "./table-metrics.ts";

/** Largest metric file in bytes. */
const sizeLimit = 100_000_000;

/** The metrics of a file, the name of the format it was read as, and remarks. */
export interface ReadMetrics {
  metrics: Metric[];
  format: string;
  notes: Note[];
}

/**
 * Reads the metrics of a file: JSON or YAML (nested mappings as DVC reads them, or our own list), or a table `metric,value`.
 * A value that is null or not finite gives a metric without a value, never one that passes.
 * @throws UserError with file and line for everything that is not such a file
 */
export async function readMetrics(source: ByteSource): Promise<ReadMetrics> {
  const text = decodeText(await readBytes(source, sizeLimit), source.name);
  const refuse = refusals(text, source.name);
  const form = detectForm(text, source.name);
  if (form === undefined) {
    const next = 'Write JSON such as {"accuracy": 0.93}, YAML, or a table with the header metric,value.';
    throw new UserError("format-unknown", `${source.name} is neither JSON, YAML nor a table of metrics.`, next, {
      file: source.name,
      line: 1,
    });
  }
  const { found, format } =
    form === "table"
      ? { found: tableMetrics(text, source.name, refuse), format: "table" }
      : metricsOfTree(
          form === "json" ? jsonTree(text, source.name) : yamlTree(text, source.name),
          form,
          source.name,
          refuse,
        );
  return { format, ...nameMetrics(found, text, source.name, format, refuse) };
}

function metricsOfTree(
  tree: Tree,
  form: "json" | "yaml",
  file: string,
  refuse: Refuse,
): { found: Found; format: string } {
  const list = metricList(tree);
  if (list !== undefined) return { found: listedMetrics(list, refuse), format: "metricgate" };
  if (tree.kind === "mapping") return { found: nestedMetrics(tree, refuse), format: form };
  return refuse.shape(
    `${file} holds a single value and no names.`,
    'Write a mapping such as {"accuracy": 0.93}.',
    tree.at,
  );
}
